//! The closed vocabularies of the tables: where a hedge stands, how far a word of status reaches, what a function word does.

#[macro_use]
mod words;
mod forms;
mod roles;

pub(crate) use forms::{ChangeForm, ComparisonForm, Place, Reach};
pub(crate) use roles::Roles;

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
        /// 近 过去: before years, a window of time that the figures are about.
        Recent = "recent",
        /// 城镇居民 农村居民: a name that stands beside those of its row.
        Counterpart = "counterpart",
        /// 上涨 收跌: said of prices, of which a number behind it counts those that moved so.
        PriceMove = "price_move",
        /// 因 由于: behind what is measured, opens why.
        Cause = "cause",
        /// 带动 推升: before what is measured, only says what moved it.
        Drives = "drives",
        /// 方式 途径: at the end of how something is done.
        Manner = "manner",
        /// 以 通过: at the front of it.
        Means = "means",
        /// 统计局 委员会: at the end of the line of whose text it is.
        Issuer = "issuer",
        /// 合计 共计: at the front of a number, the sum of what was shared out before it.
        Sums = "sums",
        /// 据海关统计，2024年一季度…: who tells a figure, ahead of the time that it is of.
        Teller = "teller",
        /// 发布 印发: the date before it is that of the text.
        Publishes = "publishes",
        /// 规划 行动: behind a date, what the date belongs to.
        Dated = "dated",
        /// 出生 注册: behind a date, whose date it is where nothing is told of it.
        Dates = "dates",
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
        /// 企业 居民: ends what the names of a list share, and has the measure that is named behind it.
        Bearer = "bearer",
        /// 工作报告 统计公报: ends the title of a text that is on a year.
        Yearly = "yearly",
        /// 扣除 按: opens how something is reckoned, which names nothing (扣除房地产投资后, 按常住人口计算).
        Reckoning = "reckoning",
        /// 终值 初值: at the end of what is measured, which of its values it is.
        Estimate = "estimate",
        /// 超额完成: before a plan and a number, by how much more than planned was done.
        Exceeds = "exceeds",
        /// 率先: no cue although it looks like one.
        Not = "not",
        /// 争取: before a verb, tells what is yet to be done.
        Strives = "strives",
    } beside {
        /// 发布 报告: before a time, the one that what follows is on.
        Reports = "reports",
        /// 中央 全国: behind 十九届, the body whose term it is.
        Body = "body",
        /// 会议 全会: behind 二次, a meeting in a row.
        Meeting = "meeting",
        /// 指标 名额: ends what is allotted, in front of a measure or a number of people.
        Quota = "quota",
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
        /// 条 章: behind a list that 第 opens, makes ordinals of its members (第5、9条).
        Member = "member",
        /// 计划 纲要: before 规定 or 提出, what sets the figures.
        Paper = "paper",
        /// 未来 今后: before years, a window that is yet to come.
        Ahead = "ahead",
        /// 创办 建成: before 于 and a year, when something began.
        Founds = "founds",
        /// 价格 速度: behind 3元的, at what something was done; what is told behind it is another thing.
        Terms = "terms",
        /// 入驻 拥有: at the front of a clause, tells what there is, and not what was done.
        Stock = "stock",
        /// 内 之内: behind years, the time within which something happens.
        Within = "within",
        /// 来 平均 累计: behind years, all of them together.
        Through = "through",
        /// 价格 不变价: behind a year, what sums are reckoned by.
        Price = "price",
        /// 内乱 间隔: behind years, lasts so long, although it starts like 内 or 间.
        Spell = "spell",
        /// 持平 相当: behind 与 and a time, nothing has changed since then.
        Same = "same",
        /// 率 税 罚: behind 5%的, what the percent is a rate of, and no part of.
        Rated = "rated",
        /// 实现 力争: right before 倍增, tells that something is doubled.
        Doubles = "doubles",
        /// 收入 业绩: behind Q2, tells that it is a quarter, and no name of a thing.
        Quarterly = "quarterly",
        /// 近郊 东部: before a Han digit and 区 or 县, those of a part of the country, by name (东部三县).
        Sector = "sector",
        /// 届 批次: comes in a row, of which 近三届 are the last.
        Round = "round",
        /// 比例 比重: before two numbers around a colon, tells that they are a ratio and no time of the day.
        Proportion = "proportion",
        /// 含 不含本数: in brackets behind a number, tells whether the bound itself is meant.
        Inclusive = "inclusive",
        /// 减负 担负: ends in 负, which signs no number then.
        Burden = "burden",
        /// 倒数: before 第, counts from the last.
        FromEnd = "from_end",
        /// 期 以来 年均: behind a five-year plan, makes a time of it.
        During = "during",
        /// 最 首: behind 以来, opens what is a record since then.
        Record = "record",
        /// 业 类: goes on with the name that it stands behind.
        Suffix = "suffix",
        /// 内 外 进 出: one of two characters that each open a word of the same kind (内、外贸).
        Paired = "paired",
        /// 号楼 栋: before a number, the larger part of an address.
        Block = "block",
        /// 室 单元: behind a number, the smaller part of an address.
        Room = "room",
        /// 公元 公元前: before a year, tells from when it counts.
        Era = "era",
        /// 如下 分别为: before a colon, opens a list of what was named.
        Listed = "listed",
        /// 建国: the years behind it are counted from 1949.
        Founding = "founding",
        /// 目前 年前: ends in 前, which ranks nothing then.
        Ago = "ago",
        /// 各国 只能: starts with 各 or 只, and makes no count of an 一 behind it.
        Uncounted = "uncounted",
        /// 点 方: a unit that an 一 before it need not count (一点, 一方).
        Spoken = "spoken",
        /// 元 米: the digits behind it may be those of its tenths (1米8).
        Tenths = "tenths",
        /// 个 人: counted one by one, so that 七、八个 is a guess.
        Apiece = "apiece",
        /// 出售 优惠: behind 对折, tells that a price is halved.
        Sold = "sold",
        /// 不得 不宜: what stands behind it may not be.
        Ban = "ban",
        /// 温 升 电: not far before 度, tells that a digit counts it.
        Degree = "degree",
        /// 卖 每: right before a sum, tells that 角 is money and no corner.
        Coin = "coin",
        /// 县 市 州: ends the name of a place that is a part of others.
        District = "district",
        /// 县 乡 村: a level of the country, which 三级 counts and which ends a name (三元区).
        Tier = "tier",
        /// 个 座: counts places as it does anything (三个县).
        PerPlace = "per_place",
        /// 场 民: behind 市 or 县, goes on with a word (市场, 县民).
        PlaceWord = "place_word",
        /// 小时 岁: behind 三、四, makes a guess of both, where 三 would number an item.
        Guessed = "guessed",
        /// 占 相当于: opens the whole that the number is a part of.
        Takes = "takes",
        /// 序号 附注: over a column whose numbers only number the rows.
        Index = "index",
        /// 累计: beside 本月, opens the header of all the year so far.
        Running = "running",
        /// 项目 地区: in the corner of a table, stands over the labels of its rows.
        Corner = "corner",
        /// 不详 不适用: in a cell, says that no figure stands there.
        Void = "void",
        /// What becomes of a part of a whole, behind its number: 来自, 用于.
        Becomes = "becomes",
        /// 达 达到: the same, where a noun and 的 follow (达总农户的70%).
        Reaches = "reaches",
        /// 强 大: behind 前三, tells of those that lead.
        Leading = "leading",
        /// 市场 分析师: before 预期, only says who foretells.
        Foreteller = "foreteller",
        /// 多增 少增: how much more or less was added, behind a number that was added and is compared with nothing.
        MoreAdded = "more_added",
        /// 交易日 工作日: no length in time, and nothing that an 一 before it need count (上一交易日).
        Workday = "workday",
        /// 负增长: before a number, signs it.
        Negative = "negative",
        /// 利润 增速: before a dash and digits, leaves the dash a minus.
        Signed = "signed",
        /// 为 达 约: before a number, no name that the number is of (工业4.0, but 为4.0).
        NoName = "no_name",
        /// 财年 赛季: behind four digits, makes a year of them.
        YearOf = "year_of",
        /// 领域 板块: behind 大, what is counted (四大领域).
        Grand = "grand",
        /// 基础上 背景下: at the end of what a result is seen against, which names nothing.
        Ground = "ground",
        /// 其次: behind a share, opens the next in their rank.
        Next = "next",
        /// 出现 发生: before 在 and a day, when something was measured or happened.
        Occurs = "occurs",
        /// 人大 人代会: early in a year, hears the report on the years up to the last one.
        Assembly = "assembly",
        /// 平均气温 均温: behind a month without a year, what there is in it every year.
        Recurs = "recurs",
        /// 相当于 约为: before another time and a percent, tells a level as a part of that of then.
        Equals = "equals",
        /// 来源 作者: behind the hour at which a page was put up, whose it is.
        Byline = "byline",
        /// 下达 签订: before a year, what was issued is for that year.
        Issues = "issues",
        /// 翘尾: behind a year, what is left of that year's change in the time at hand.
        CarriesOver = "carries_over",
        /// 台阶 大关 较低水平: ends the noun behind a number that something came past or stays at.
        Milestone = "milestone",
        /// 产假 培训: ends the noun of what takes a length of time.
        Spent = "spent",
        /// 标准 平均水平: between 高于 and a number, what that is above.
        Yardstick = "yardstick",
        /// 优于 好于: above in worth, whatever that is in number.
        Better = "better",
        /// 认为 预计: behind 65%的企业, what those say.
        Answers = "answers",
        /// 加上 连同: at the front of what a sum takes in besides the amount before.
        Adds = "adds",
        /// 出口 税收: measured by itself, so that no measure of `owned` is shared with it.
        Alone = "alone",
        /// 增加值 投资: a measure of industries, places and people.
        Owned = "owned",
        /// 上级补助 上解 调入: behind 加 or 减, what an account adds or takes off, no part of whose name that sign is.
        Booked = "booked",
        /// 有记录 有统计: between a year and 以来, what there is since then.
        Begun = "begun",
        /// 扣除 减去: before a year, takes an amount of that year off.
        Deducts = "deducts",
        /// 是 超过 保持: opens a clause that says how good a figure before it is.
        Remark = "remark",
        /// 增长较快 稳中有升: ends a clause that says of its subject how it goes, ahead of the figures.
        State = "state",
        /// 银行 城市 乡镇: ends the name of those that are counted, where what is measured of them follows.
        Holder = "holder",
        /// 逾期 提前: before a day of the month, makes a number of days of it (逾期三十日).
        Days = "days",
    }
}
