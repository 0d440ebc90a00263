//! What stands below the options in the help of each command: examples, and how the command ends.

/// How every command ends.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0  all was done; also where whoever read the output stopped reading
  1  a part failed (a file could not be read or decoded); the rest was written.
     --fail-on warning: or something was odd; --fail-on never: 0 instead
  2  nothing could be done; tables of an earlier run are as they were"
    };
}

pub(super) const PROGRAM: &str = concat!(
    "\
Examples:
  taizhang extract input --output output
      every text below input/ → output/facts.csv, facts.parquet, run.json
  echo '财政总收入18.34亿元，同比增长13.1%。' | taizhang extract - --output -
      one row for 18.34亿元 and one for 13.1%
  taizhang show --stage numeral 年报.txt
      what one stage makes of a text
  taizhang explain 年报.txt:12
      why the facts of line 12 are what they are
  taizhang schema
      the columns of the table
  taizhang config
      the settings in force, and where each comes from

Settings come from options, over variables (TAIZHANG_YEAR=2023), over the nearest
taizhang.toml (year = 2023): `taizhang config --help` tells more.

",
    exit_codes!()
);

pub(super) const EXTRACT: &str = concat!(
    "\
Examples:
  taizhang extract input --output output
  taizhang extract 年报.txt 公报/ --output out --format parquet --kinds measure,percent
  taizhang extract input --output out --all-kinds
      with 第6位 (ordinal), 2022年 (date), 〔2022〕15号 (label)
  taizhang extract input --output - --columns document,text,value,unit,period
  cat 年报.txt | taizhang extract - --output - --format jsonl --year 2022
  taizhang extract reports --dataset DIR --prune
      every night: reads what is new or changed into DIR/facts/*.parquet
  taizhang extract 新闻.csv --dataset DIR --text-column content --keep-columns province --partition-by province
      DIR/facts/province=浙江/*.parquet
  taizhang extract 新闻.csv --output out --text-column content --keep-columns id,date
  taizhang extract input --output out --format csv --excel --headers zh
      a table that Excel opens by a double click
  taizhang extract input --output out --dry-run
      what would be read and written

In a folder, files that end in .txt, .text, .md, .markdown, .html, .htm,
.docx or .pdf are read, and .gz and .zst of these; a file named itself is
read whatever its name. UTF-8, UTF-16, GB18030 (GBK, GB2312) and Big5 are
told apart by their bytes. PDF files need pdftotext (poppler).

",
    exit_codes!()
);

pub(super) const SHOW: &str = concat!(
    "\
Examples:
  taizhang show --stage numeral 年报.txt
  echo '村道一万二千三百米' | taizhang show --stage quantity -
  taizhang show --stage facts --format jsonl 年报.txt | head -3

",
    exit_codes!()
);

pub(super) const EXPLAIN: &str = concat!(
    "\
Examples:
  taizhang explain 年报.txt:12
      every fact of line 12
  taizhang explain 年报.txt:12:7
      the fact at its seventh character
  taizhang explain 年报.txt:12 --lexicon words
      with rows of your own

",
    exit_codes!()
);

pub(super) const SCHEMA: &str = concat!(
    "\
Examples:
  taizhang schema
  taizhang schema --format json | python3 -m json.tool
  taizhang schema --format frictionless > facts.schema.json

",
    exit_codes!()
);

pub(super) const CONFIG: &str = concat!(
    "\
Examples:
  taizhang config
  taizhang config --format jsonl --jobs 4
      what it would be with these options
  taizhang config --json
  taizhang config --isolated
      what holds by default

A file of settings, taizhang.toml, has the long names of options as keys; folders
are meant from the file's own folder:

  lexicon = [\"words\"]
  year = 2023
  currency = \"HKD\"
  encoding = \"gbk\"
  format = [\"csv\", \"parquet\"]
  kinds = \"all\"
  columns = [\"document\", \"text\", \"value\", \"unit\", \"indicator\", \"period\"]
  headers = \"zh\"
  excel = true
  jobs = 4

Variables are TAIZHANG_ and the name in capitals: TAIZHANG_YEAR=2023,
TAIZHANG_KINDS=measure,percent, TAIZHANG_LEXICON=words:more. TAIZHANG_CONFIG names
the file. What a higher place says replaces what a lower one says. A key that is
unknown and a value that is wrong are errors, overridden or not.

",
    exit_codes!()
);

pub(super) const COMPLETIONS: &str = concat!(
    "\
Examples:
  taizhang completions bash > ~/.local/share/bash-completion/completions/taizhang
  taizhang completions zsh > ~/.zfunc/_taizhang
  taizhang completions fish > ~/.config/fish/completions/taizhang.fish
  taizhang completions powershell >> $PROFILE

",
    exit_codes!()
);

pub(super) const MAN: &str = concat!(
    "\
Examples:
  taizhang man > /usr/local/share/man/man1/taizhang.1
  taizhang man extract > /usr/local/share/man/man1/taizhang-extract.1
  taizhang man extract | man -l -

",
    exit_codes!()
);
