//! Where a hedge stands, how a word of change or comparison is used, over what a word of status reaches.

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
        /// 比5大: behind a number that 比 stands before
        Than = "than",
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
        /// 降低能耗5%: the same before a percent or a measure.
        Effect = "effect",
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
        /// 年 of 年增: compares right before a word of change.
        Prefix = "prefix",
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
        /// Like clause, before what is to be done: 要减少2%, but 需要 and 比去年要高.
        Modal = "modal",
        /// Like clause, before the time that it looks forward to: 争取到2025年, but 争取到资金.
        Until = "until",
        /// A forecast: the level that a change starts from is a result all the same.
        Forecast = "forecast",
        /// From the word to the end of the sentence, noun or verb.
        Sentence = "sentence",
    }
}
