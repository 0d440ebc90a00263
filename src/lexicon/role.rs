//! The closed vocabularies of the tables: where a hedge stands, how a word of change or comparison is used, over what a
//! word of status reaches, and the part that a function word plays.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$item_doc])* $item,)+ }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$item),)+
                    _ => Err(format!("`{text}` is not one of: {}", [$($text),+].join(", "))),
                }
            }
        }
    };
}

words! {
    /// Where a hedge stands.
    Place {
        /// 约18亿元
        Before = "before",
        /// 18亿元以上
        After = "after",
        /// 420余家
        Inside = "inside",
        /// 上千户: before a scale without a digit
        Bare = "bare",
        /// 不到30人, and where the clause ends, 30人不到
        Around = "around",
        /// 10公里许: behind the unit, where the clause ends
        Close = "close",
        /// 三分之一强: the same behind a fraction or a percent only
        Part = "part",
    }
}

words! {
    /// How a word of change is used.
    ChangeForm {
        /// 增长3%
        Verb = "verb",
        /// 增速为3%
        Noun = "noun",
        /// 增加岗位500个: may have what it counts between it and the number.
        Object = "object",
        /// 净增5户: a change of its own, whatever is compared.
        Net = "net",
        /// 高出全市2%: may have what it is above between it and the number.
        Over = "over",
        /// 减持5%: a deal that is itself what is measured.
        Deal = "deal",
    }
}

words! {
    /// How a word of comparison is used.
    ComparisonForm {
        /// 同比: compares by itself.
        Adverb = "adverb",
        /// 上年: compares behind 比 or 较.
        Base = "base",
    }
}

words! {
    /// Over what a word of status reaches.
    Reach {
        /// Its clause.
        Clause = "clause",
        /// A section whose heading or first words hold it.
        Section = "section",
        /// Like clause, where the word is a verb and no noun: 计划建成, but 增产计划.
        Verb = "verb",
        /// Like clause, unless it marks what is acted on: 将建成, but 将其转让.
        Coverb = "coverb",
        /// A forecast: the level that a change starts from is a result all the same.
        Forecast = "forecast",
        /// From the word to the end of the sentence, noun or verb.
        Sentence = "sentence",
    }
}

words! {
    /// The part that a function word plays.
    Role {
        /// 比 较: opens a comparison.
        Than = "than",
        /// 达 为 是: stands between what is measured and the number.
        Copula = "copula",
        /// 从 由: opens an earlier level.
        From = "from",
        /// 到 至: with a word of change before it, opens the level reached.
        To = "to",
        /// 占 比重: a part of a whole.
        Share = "share",
        /// 完成: with a plan behind it, progress.
        Progress = "progress",
        /// 计划 预算: what progress is measured against.
        Plan = "plan",
        /// 分别: gives each number its own.
        Respectively = "respectively",
        /// 其中: a part of what was named before.
        Among = "among",
        /// 电话 邮编: numbers behind it are codes.
        Code = "code",
        /// 单位: names the unit of a table.
        Caption = "caption",
        /// 即: says the same again in another unit.
        Restates = "restates",
        /// 罚款 应当: words of law, under which amounts are limits.
        Law = "law",
        /// 其 该: nothing by itself; left off the front of an indicator.
        Filler = "filler",
        /// 关键词 举措: opens a heading.
        Heading = "heading",
        /// 本报 新华社: opens a new text.
        Opening = "opening",
        /// 相比: closes a comparison whose other side stands before it.
        Versus = "versus",
        /// 每 按: opens a rate (每千人口).
        Per = "per",
        /// 过去 近 未来: with a length of time, a window.
        Window = "window",
        /// 占比 不良率: names a rate; a percent behind it is a level.
        Rate = "rate",
        /// 表 图: the number behind it is its own.
        Numbered = "numbered",
        /// 光绪 昭和: the year behind it is one of a reign.
        Reign = "reign",
        /// 中央 全国: behind 十九届, the body whose term it is.
        Body = "body",
        /// 会议 全会: behind 二次, a meeting in a row.
        Meeting = "meeting",
        /// 计划 行动: behind a length of time, a name (五年计划).
        PlanName = "plan_name",
        /// 层 楼 室: units of addresses.
        AddressPart = "address_part",
        /// 国道 面体: behind a bare number, makes a name of it (318国道).
        Names = "names",
        /// 方 星: a Han digit before it names and does not count (四方, 三星).
        Named = "named",
        /// 次 期: behind 二, which does not count, it is the second.
        Second = "second",
        /// 近 过去: before years, a window of time that the figures are about.
        Recent = "recent",
        /// 发布 印发: the date before it is that of the text.
        Publishes = "publishes",
        /// 规划 行动: behind a date, what the date belongs to.
        Dated = "dated",
        /// 用于 建设: behind a number, opens the next predicate.
        Predicate = "predicate",
        /// 总数 余额: with nothing else before the number, belongs to what was measured before.
        Relative = "relative",
        /// 在 这些 如果: at the front of the words of an indicator, says nothing of what is measured.
        Lead = "lead",
        /// 以 向: at the end of the words of an indicator, leads on to the number.
        Coverb = "coverb",
        /// 连续: before a length of time, for how long holds what stands behind it.
        Lasting = "lasting",
        /// 正在 均已: behind the noun that a number counts, opens what is told of it.
        Onward = "onward",
        /// 派出 完成: between two numbers, parts what the first counts from what the second measures.
        Act = "act",
        /// 把 使: what is acted on stands behind it, who acts before it.
        Acted = "acted",
        /// 来 内 后: behind a length of time, makes it the time in which something happens.
        Stretch = "stretch",
        /// 新增: of the time at hand alone, and no part of a total.
        Fresh = "fresh",
        /// 扣除 按: opens how something is reckoned, which names nothing (扣除房地产投资后, 按常住人口计算).
        Reckoning = "reckoning",
        /// 终值 初值: at the end of what is measured, which of its values it is.
        Estimate = "estimate",
        /// 完成: behind what is measured, only says that it was reached.
        Done = "done",
        /// 达到 总数达: behind what was added, leads on to the total.
        Totals = "totals",
        /// 浙江 境外: names a place.
        Area = "area",
        /// 市长 主任: before a name on a line of its own, signs the text.
        Office = "office",
        /// 汇给 列入: behind 将 and a noun, what was made of it.
        Makes = "makes",
        /// 增加值 收入: opens what the names of a list share behind them.
        Measured = "measured",
        /// 今天 昨晚: told from a day that the text need not name.
        Today = "today",
        /// 名词解释 附件: as the first or last word of a heading, stands outside of the sections before it.
        Appendix = "appendix",
        /// 园区 城市: ends like the name of a place and is none.
        Zone = "zone",
        /// 条 章: behind a list that 第 opens, makes ordinals of its members (第5、9条).
        Member = "member",
        /// in, March: before four digits, they are a year of an English text.
        Dating = "dating",
        /// the, of: words of an English text that are not counted.
        Function = "function",
        /// 规定 提出: behind a plan, opens what it sets (计划规定, 《纲要》提出).
        Sets = "sets",
        /// 本条例 本法: what a law calls itself.
        Statute = "statute",
        /// 为目标 为限额: behind a number, makes a limit or a goal of it.
        Limit = "limit",
        /// 率先: no cue although it looks like one.
        Not = "not",
    }
}

impl Role {
    /// Whether its words are asked for beside a number only.
    pub(crate) const fn stands_beside_number(self) -> bool {
        use Role::{AddressPart, Body, Meeting, Member, Named, Names, PlanName, Second};
        matches!(self, AddressPart | Body | Meeting | Member | Named | Names | PlanName | Second)
    }
}
