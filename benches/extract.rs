//! How fast texts become records, beside one bare pass of a regex over the same bytes in the same run.
//!
//! `cargo bench` measures a text that a small seeded generator makes; `TAIZHANG_BENCH_DIR=FOLDER cargo bench` also the
//! texts below a folder. Texts are in memory before the clock starts, one thread works, passes alternate, and the
//! median of several rounds counts: where the machine is busy, both sides of the ratio suffer alike.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints what it measured")]

use std::env;
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use regex::Regex;
use taizhang::io::{ReadOptions, Search, Source};
use taizhang::normalise::Fact;
use taizhang::{Extraction, Lexicon, Options, Pipeline, reflow, segment};

/// The bare pass: about the simplest thing that finds numbers with units.
const BARE: &str = concat!(
    "(?:[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[零〇一二两三四五六七八九十百千万亿半]+)",
    r"\s*[万亿千百]{0,2}(?:余|多)?",
    "(?:个百分点|平方公里|平方米|公里|美元|元/平方米|亿元|万元|元|%|％|个|家|户|人次|人|次|项|条|吨|亩|倍|年|月|日|件|所|套|处|栋|场|座)",
);

/// Rounds of a measurement. The first one warms up and does not count.
const ROUNDS: usize = 8;

/// Bytes of the text that the generator makes.
const GENERATED: usize = 4 << 20;

fn main() -> ExitCode {
    let Ok(bare) = Regex::new(BARE) else {
        eprintln!("the pattern of the bare pass does not compile");
        return ExitCode::FAILURE;
    };
    let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    println!(
        "{:<28}{:>9} {:>9} {:>9} {:>7} {:>9} {:>9}  share of time",
        "text", "MB", "bare", "records", "ratio", "matches", "facts"
    );
    println!(
        "{:<28}{:>9} {:>9} {:>9} {:>7} {:>9} {:>9}  reflow segment rest columns",
        "", "", "MB/s", "MB/s", "", "", ""
    );
    measure("generated", &[generated(20_240_131, GENERATED)], &pipeline, &bare);
    match env::var_os("TAIZHANG_BENCH_DIR").map(|folder| texts(folder.into())) {
        None => {}
        Some(Ok(texts)) => measure("TAIZHANG_BENCH_DIR", &texts, &pipeline, &bare),
        Some(Err(error)) => {
            eprintln!("TAIZHANG_BENCH_DIR: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The texts below a folder, decoded; what is no text is left out, as in a run of the program.
fn texts(folder: PathBuf) -> Result<Vec<String>, String> {
    let found = Search { inputs: vec![folder], ..Search::default() }.found();
    let read = |file| Source::read(file, &ReadOptions::default()).ok();
    let texts: Vec<_> = found.files.iter().filter_map(read).map(|source| source.text).collect();
    if texts.is_empty() { Err("no texts there".to_owned()) } else { Ok(texts) }
}

#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^53 bytes")]
/// Prints one line: throughput of the bare pass and of the pipeline, their ratio, and where the time goes.
fn measure(name: &str, texts: &[String], pipeline: &Pipeline, bare: &Regex) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut times: [Vec<Duration>; 5] = Default::default();
    let (mut matches, mut facts) = (0, 0);
    for round in 0..ROUNDS {
        let clocked = [
            clock(|| matches = texts.iter().map(|text| bare.find_iter(text).count()).sum()),
            clock(|| facts = texts.iter().map(|text| touch_all(&pipeline.extract(text))).sum()),
            clock(|| texts.iter().for_each(|text| drop(black_box(pipeline.extract(text))))),
            clock(|| texts.iter().for_each(|text| drop(black_box(reflow::reflow(text, pipeline.lexicon()))))),
            clock(|| {
                for text in texts {
                    let flow = reflow::reflow(text, pipeline.lexicon());
                    black_box(segment::segment(&flow, pipeline.lexicon()));
                }
            }),
        ];
        if round > 0 {
            for (all, one) in times.iter_mut().zip(clocked) {
                all.push(one);
            }
        }
    }
    let [bare, records, bare_records, reflowed, segmented] = times.map(|times| median(times).as_secs_f64());
    let megabytes = bytes as f64 / 1e6;
    let percent = |seconds: f64| format!("{:.0}%", 100.0 * seconds.max(0.0) / records);
    println!(
        "{name:<28}{megabytes:>9.2} {:>9.1} {:>9.1} {:>7.2} {matches:>9} {facts:>9}  {:>6} {:>7} {:>4} {:>7}",
        megabytes / bare,
        megabytes / records,
        records / bare,
        percent(reflowed),
        percent(segmented - reflowed),
        percent(bare_records - segmented),
        percent(records - bare_records),
    );
}

fn clock(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Reads every column of every fact, all kinds.
fn touch_all(extraction: &Extraction) -> usize {
    extraction.facts().map(|fact| touch(&fact)).count()
}

fn touch(fact: &Fact<'_>) {
    let number = |value: Option<&taizhang::exact::Exact>| value.map(taizhang::exact::Exact::to_f64);
    black_box((fact.fact, fact.section(), fact.line, fact.char_start, fact.char_end, fact.text(), fact.sentence()));
    black_box((fact.kind.as_str(), fact.bound.as_str(), fact.decimals, fact.unit()));
    black_box((number(fact.value.as_ref()), number(fact.bounds().0), number(fact.bounds().1)));
    let unit = fact.composed_unit();
    black_box((unit.map(|unit| (&unit.code, &unit.dimension, &unit.base_unit)), number(fact.base_value().as_ref())));
    black_box((fact.indicator(), fact.relation, fact.direction, fact.comparison, fact.of_fact, fact.status));
    black_box(
        fact.period.map(|period| (period.to_string(), period.start.days_since_epoch(), period.end.days_since_epoch())),
    );
}

/// Random numbers from a seed: `SplitMix64`.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % most
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(words.len() as u64)).unwrap_or(0);
        words.get(index).copied().unwrap_or_default()
    }
}

/// A report of at least `bytes` bytes with headings, prose with few and with many numbers, broken lines, and lists.
fn generated(seed: u64, bytes: usize) -> String {
    let mut seeded = Seeded(seed);
    let mut text = String::with_capacity(bytes + 1024);
    text.push_str("云州市2023年国民经济和社会发展统计公报\n\n");
    while text.len() < bytes {
        match seeded.below(12) {
            0 => {
                let heading = seeded.one_of(&[
                    "一、综合",
                    "二、工业和建筑业",
                    "三、固定资产投资",
                    "（一）城乡建设",
                    "四、2024年工作安排",
                ]);
                text.push_str(heading);
                text.push('\n');
            }
            1..=5 => prose(&mut seeded, &mut text),
            _ => figures(&mut seeded, &mut text),
        }
    }
    text
}

/// A sentence without numbers, as most of a work report is; sometimes broken in the middle by the layout.
fn prose(seeded: &mut Seeded, text: &mut String) {
    for _ in 0..=seeded.below(3) {
        text.push_str(seeded.one_of(&[
            "坚持稳中求进工作总基调",
            "进一步深化重点领域改革",
            "统筹推进城乡区域协调发展",
            "不断优化营商环境",
            "扎实做好民生保障工作",
        ]));
        text.push_str(seeded.one_of(&["，", "，", "、", "，\n"]));
        text.push_str(seeded.one_of(&[
            "全面落实各项惠企政策",
            "推动产业转型升级",
            "人民群众获得感持续\n增强",
            "一批重大项目相继落地",
            "基层治理水平稳步提升",
        ]));
        text.push_str(seeded.one_of(&["，", "；", "。"]));
    }
    text.push_str("社会大局保持稳定。");
    if seeded.below(3) == 0 {
        text.push('\n');
    }
}

/// A sentence full of numbers, as most of a communiqué is.
fn figures(seeded: &mut Seeded, text: &mut String) {
    let (whole, part, rate) = (seeded.below(99_999), seeded.below(100), seeded.below(300));
    let indicator = seeded.one_of(&[
        "地区生产总值",
        "一般公共预算收入",
        "社会消费品零售总额",
        "粮食种植面积",
        "年末常住人口",
        "货物运输总量",
        "新登记经营主体",
    ]);
    let unit = seeded.one_of(&["亿元", "万元", "万吨", "万亩", "万人", "户", "平方公里", "亿千瓦时", "家", "万人次"]);
    let when = seeded.one_of(&["全年", "2023年", "截至2023年11月底，", "1—11月，", "上半年", "年末", ""]);
    let hedge = seeded.one_of(&["", "", "", "约", "超过", "近", "不少于"]);
    let change = seeded.one_of(&["同比增长", "比上年增长", "较上年同期下降", "增长", "年均增长", "环比回落"]);
    let _ = write!(text, "{when}{indicator}{hedge}{whole}.{part:02}{unit}，{change}{}.{}%", rate / 10, rate % 10);
    let _ = match seeded.below(5) {
        0 => write!(text, "，占比{}.{}%，提高{}.{}个百分点。", rate % 90, rate % 7, rate % 3, rate % 9),
        1 => write!(text, "。其中，第一产业{}亿元，第二产业{}亿元，第三产业{}亿元。", whole / 9, whole / 3, whole / 2),
        2 => text.write_str("；新建改建学校三所，新增学位二千四百余个，惠及百分之八十五的家庭。"),
        3 => writeln!(text, "，完成年度计划的{}.{}%。", 80 + rate % 40, rate % 10),
        _ => text.write_str("。\n"),
    };
}
