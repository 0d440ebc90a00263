//! Pages as sites make them: what is their text is kept, whatever stands around it.

use std::time::{Duration, Instant};

use super::*;

const MENU: &str = "<ul><li><a href=\"/\">首页</a></li><li><a href=\"/a\">政务公开</a></li><li><a href=\"/b\">办事服务</a></li>\
                    <li><a href=\"/c\">数据发布</a></li></ul>";

const RELATED: &str = "<div class=\"xgxx\"><h3>相关信息</h3><ul>\
                       <li><a href=\"1\">一季度经济增长5.1%</a><span>2023-04-12</span></li>\
                       <li><a href=\"2\">去年外贸出口增长8.3%</a><span>2023-02-03</span></li></ul></div>";

const FOOT: &str = "<div class=\"bottom\"><p>主办：青川市人民政府办公室　标识码5108220001</p>\
                    <p>蜀ICP备05031847号</p><p>建议使用1366×768分辨率</p></div>";

/// A page of a site's article, with a menu, a path, related links and a foot, none of them marked by elements of HTML.
fn site(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}_青川市人民政府</title></head><body>\
         <div class=\"top\"><div>青川市人民政府</div><div>今日 晴 21℃</div><div class=\"menu\">{MENU}</div></div>\
         <div class=\"position\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/c\">数据发布</a> &gt; 正文</div>\
         <div class=\"main\"><h1>{title}</h1><div class=\"info\">发布时间：2023-07-21　来源：市统计局</div>\
         <div class=\"TRS_Editor\">{body}</div>{RELATED}</div>{FOOT}</body></html>"
    )
}

/// The text of a page as `--keep-text` writes it.
fn kept(page: &str) -> String {
    let at = folder(&[("a.html", page.as_bytes())]);
    let ended = taizhang(at.path(), &["extract", "a.html", "-o", "out", "-q", "--keep-text"]);
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    fs::read_to_string(at.path().join("out/text/a.html.txt")).expect("a text")
}

#[track_caller]
fn holds(text: &str, all: &[&str], none: &[&str]) {
    for words in all {
        assert!(text.contains(words), "`{words}` is lost:\n{text}");
    }
    for words in none {
        assert!(!text.contains(words), "`{words}` is no part of the text:\n{text}");
    }
}

const AROUND: [&str; 7] = ["21℃", "政务公开", "当前位置", "5.1%", "2023-02-03", "5108220001", "1366"];

#[test]
fn an_article_stands_without_its_menu_related_links_and_foot() {
    let body = "<p>全市上半年实现生产总值812.6亿元，同比增长5.7%。</p>\
                <p>其中，第一产业增加值41.3亿元，增长3.2%；第二产业增加值352.9亿元，增长6.4%。</p>\
                <p><strong>民生继续改善</strong></p><p>城镇新增就业1.86万人，完成年度计划的62.0%。</p>";
    let text = kept(&site("上半年青川市经济运行情况", body));
    holds(&text, &["812.6亿元", "352.9亿元", "民生继续改善", "62.0%"], &AROUND);
    // The headline tells of when the text speaks.
    assert!(text.starts_with("上半年青川市经济运行情况\n"), "{text}");
}

#[test]
fn tables_and_lists_within_an_article_stay() {
    let table = "<table><tr><td>指标</td><td>绝对量</td><td>增长</td></tr>\
                 <tr><td>工业用电量</td><td>36.2</td><td>5.5</td></tr><tr><td>旅客运输量</td><td>682</td><td>31.4</td></tr></table>";
    let body = format!(
        "<p>一、主要指标。全市经济运行总体平稳，各项指标好于预期，增速逐季回升。</p>{table}\
         <p>二、重点工作。民生实事有序推进，完成情况如下。</p>\
         <ul><li>改造老旧小区38个</li><li>新增停车位2300个</li></ul><p>附件：<a href=\"a.xls\">数据表</a></p>"
    );
    let text = kept(&site("青川市2023年统计公报", &body));
    let cells =
        ["指标\t绝对量\t增长\n工业用电量\t36.2\t5.5\n旅客运输量\t682\t31.4\n", "改造老旧小区38个", "停车位2300个"];
    holds(&text, &cells, &AROUND);
}

#[test]
fn a_page_that_is_one_table_keeps_it() {
    let rows = (1..=12)
        .map(|n| format!("<tr><td>第{n}街道</td><td>{}</td><td>{n}.5</td></tr>", n * 37))
        .collect::<Vec<_>>()
        .concat();
    let text = kept(&site(
        "各街道上半年税收",
        &format!("<table><tr><td>街道</td><td>税收</td><td>增长</td></tr>{rows}</table>"),
    ));
    holds(&text, &["各街道上半年税收", "街道\t税收\t增长\n第1街道\t37\t1.5\n", "第12街道\t444\t12.5\n"], &[]);
}

#[test]
fn a_short_bulletin_is_not_lost_to_the_foot_of_its_page() {
    let text = kept(&site("8月12日疫情通报", "<p>今日新增病例3例，治愈出院12例。</p>"));
    holds(&text, &["8月12日疫情通报", "新增病例3例"], &["政务公开"]);
    let text = "今日新增病例3例，治愈出院12例，尚有密切接触者45人正在接受医学观察，全市没有新增疑似病例。";
    let marked =
        format!("<nav>{MENU}访问量1028374</nav><article><p>{text}</p></article><footer>备案05031847号</footer>");
    assert_eq!(kept(&marked), format!("{text}\n"));
}

#[test]
fn tables_that_set_a_page_side_by_side_are_no_rows() {
    let page = format!(
        "<html><head><meta charset=utf-8><title>城关镇2023年工作总结</title></head><body><table width=1000><tr><td colspan=2>\
         <table><tr><td>城关镇政务网</td><td>今天是2024年1月8日</td></tr></table></td></tr><tr><td width=200>{MENU}</td><td>\
         <table><tr><td align=center><b>城关镇2023年工作总结</b></td></tr><tr><td>　　全年完成工业产值46.2亿元，同比增长9.4%。<br>　　\
         粮食播种面积3.85万亩，总产1.52万吨。<table border=1><tr><td>村名</td><td>户数</td></tr><tr><td>东风村</td><td>412</td></tr>\
         </table>　　新修沟渠12.6公里，治理小流域3条。</td></tr></table></td></tr><tr><td colspan=2>邮编628100</td></tr></table></body></html>"
    );
    let text = kept(&page);
    holds(&text, &["46.2亿元", "3.85万亩", "村名\t户数\n东风村\t412\n", "新修沟渠12.6公里"], &["政务公开"]);
}

#[test]
fn what_a_page_hides_is_read_only_where_it_hides_its_text() {
    let hidden = |shown: &str| {
        kept(&format!("<p>{shown}</p><div style=\"display: none\"><p>全年税收15.6亿元，增长8.4%。</p></div>"))
    };
    assert_eq!(
        hidden("全年完成投资120.5亿元，同比增长13.1%，新增企业282家。"),
        "全年完成投资120.5亿元，同比增长13.1%，新增企业282家。\n"
    );
    assert_eq!(hidden("请稍候"), "请稍候\n\n全年税收15.6亿元，增长8.4%。\n");
}

#[test]
fn no_nesting_of_tags_takes_long() {
    let many = |unit: &str, bytes: usize| unit.repeat(bytes / unit.len());
    let marked = (0..30_000).map(|n| format!("<b a={n}>")).collect::<Vec<_>>().concat();
    let pages = [
        many("<div>", 1 << 20),
        many("<div><a href=x>数据</a>", 1 << 20),
        many("<ul><li>", 1 << 20),
        many("<table><tr><td>", 1 << 20),
        many("<span>", 1 << 20),
        format!("{marked}{}", many("<p>数据", 1 << 19)),
        format!("<div {}>", (0..100_000).map(|n| format!("a{n}=1")).collect::<Vec<_>>().join(" ")),
    ];
    for page in pages {
        let clock = Instant::now();
        let text = kept(&format!("<p><a href=/>首页</a></p>{page}<p>全年税收15.6亿元。</p>"));
        assert!(text.contains("15.6亿元"), "{}", page.get(..60).unwrap_or(&page));
        let limit = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 15 });
        assert!(clock.elapsed() < limit, "{:?}: {}", clock.elapsed(), page.get(..60).unwrap_or(&page));
    }
}
