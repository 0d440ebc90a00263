//! Heads where every cell has a line of its own: from its rows, where they are of one length, else from runs of figures
//! behind labels.

use super::columns::{Over, lower, stack};
use super::grid::{self, Cell, Grid, Sort};
use super::heads::{self, Heads};
use super::sole;
use crate::lexicon::{Lexicon, Role, is_digit};

/// 序号⏎姓名⏎股数⏎1⏎张三⏎500⏎2⏎李四⏎300: the cells that number the rows one by one, each before a label.
fn numbering(cells: &[Cell], text: &str) -> Vec<usize> {
    let mut next = 1usize;
    let mut found = Vec::new();
    for (at, pair) in cells.windows(2).enumerate() {
        let [cell, behind] = pair else { continue };
        if cell.sort == Sort::Figure && behind.sort != Sort::Figure && cell.span.of(text).trim().parse() == Ok(next) {
            found.push(at);
            next += 1;
        }
    }
    found
}

/// A run of figures behind a label.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where its label ends.
    behind: usize,
    start: usize,
    length: usize,
}

/// Digits of the longest number of a note.
const NOTE: usize = 3;

/// The runs of figures, and the cells that only number a row, where a header stands over such: of its own before each label,
/// or the first figure of the rows that have one more (附注).
fn runs(cells: &[Cell], text: &str, indexed: bool) -> (Vec<Run>, Vec<usize>) {
    let mut numbers = if indexed { numbering(cells, text) } else { Vec::new() };
    let mut runs: Vec<Run> = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        let figure = cell.fills() && numbers.binary_search(&index).is_err();
        match runs.last_mut() {
            Some(run) if figure && run.start + run.length == index => run.length += 1,
            _ if figure => runs.push(Run { behind: index, start: index, length: 1 }),
            _ => {}
        }
    }
    if indexed && numbers.is_empty() {
        let most = runs.iter().map(|run| run.length).max().filter(|most| *most > 1);
        // A note is short: 61, but 1,234.50 is what the row tells.
        let note = |at: usize| {
            let words = cells.get(at).map_or("", |cell| cell.span.of(text).trim());
            words.len() <= NOTE && words.chars().all(is_digit)
        };
        for run in runs.iter_mut().filter(|run| Some(run.length) == most && note(run.start)) {
            numbers.push(run.start);
            (run.start, run.length) = (run.start + 1, run.length - 1);
        }
    }
    (runs, numbers)
}

/// The heads of all cells of such a table.
pub(super) fn downwards(cells: &[Cell], text: &str, lexicon: &Lexicon) -> Vec<Heads> {
    if let Some(Grid { start, width, labels, rows }) = grid::downwards(cells, text)
        && let Some(columns) = columns(cells, &header(cells, start, text, lexicon), (width, labels), text)
    {
        let before = width.saturating_sub(columns.len());
        let columns = std::iter::repeat_n(Over::default(), before).chain(columns).collect();
        return heads::heads(&rows, columns, cells, text, lexicon);
    }
    by_runs(cells, text, lexicon)
}

/// The cells up to a place that may head columns.
fn header(cells: &[Cell], end: usize, text: &str, lexicon: &Lexicon) -> Vec<usize> {
    // 第一季度⏎（1-3月份）: the same time, said again in brackets.
    let again = |at: usize| {
        let date = |at: usize| cells.get(at).filter(|cell| cell.sort == Sort::Date);
        let before = at.checked_sub(1).and_then(date).is_some();
        before && date(at).is_some_and(|cell| cell.span.of(text).starts_with(['（', '(']))
    };
    let groups = |at: usize| cells.get(at).is_some_and(|cell| cell.heads_group(text));
    // 本月⏎累计⏎单位：亿元: a unit may stand below the header.
    let end = if end > 1 && captions(cells, end - 1, text, lexicon) { end - 1 } else { end };
    (0..end).filter(|at| !again(*at) && !groups(*at)).collect()
}

/// 单位：亿元
fn captions(cells: &[Cell], at: usize, text: &str, lexicon: &Lexicon) -> bool {
    let words = cells.get(at).and_then(|cell| cell.span.of(text).split_once([':', '：']));
    words.is_some_and(|(word, _)| lexicon.is_word(word.trim_end(), Role::Caption))
}

/// The heads of the figures of rows of several lengths.
fn by_runs(cells: &[Cell], text: &str, lexicon: &Lexicon) -> Vec<Heads> {
    let indexed =
        cells.iter().take_while(|cell| cell.sort != Sort::Figure).position(|cell| cell.role == Some(Role::Index));
    let (runs, numbers) = runs(cells, text, indexed.is_some());
    let mut heads = vec![Heads::default(); cells.len()];
    for at in &numbers {
        if let Some(slot) = heads.get_mut(*at) {
            slot.index = true;
        }
    }
    let Some(first) = runs.first().copied() else { return heads };
    let mut lengths: Vec<usize> = runs.iter().map(|run| run.length).collect();
    lengths.sort_unstable();
    let width = lengths.get(lengths.len() / 2).copied().unwrap_or(1);
    // A column of units stands between the labels and the figures.
    let states = cells.iter().take(first.behind).any(|cell| cell.role == Some(Role::Caption));
    let labels = if states { 2 } else { 1 };
    let above = first.behind.saturating_sub(labels).min(numbers.first().copied().unwrap_or(usize::MAX));
    let mut header = header(cells, above, text, lexicon);
    header.retain(|at| indexed != Some(*at));
    // A first run longer than the rows are several columns written one behind the other, under labels of their own.
    let columns = columns(cells, &header, (width + labels, labels), text).filter(|_| first.length <= width);
    let columns = columns.unwrap_or_default();
    // 合计⏎出国⏎接待⏎5834⏎100⏎430: one header for each figure of the only row, and no label.
    let captions = |at: &usize| captions(cells, *at, text, lexicon);
    let heading = first.start.checked_sub(first.length).filter(|_| runs.len() == 1 && first.length > 1);
    let bare = heading.is_some_and(|from| (0..first.start).filter(|at| !captions(at)).eq(from..first.start));
    if !bare && runs.len() == 1 && first.length > 1 {
        let header: Vec<usize> = (0..first.start).filter(|at| !captions(at)).collect();
        if let Some(columns) = sole::columns(cells, &header, first.length, text) {
            for (slot, over) in heads.iter_mut().skip(first.start).zip(columns) {
                slot.over = over;
            }
            return heads;
        }
    }
    let mut end = 0;
    for Run { behind, start, length } in runs {
        // 国际航线⏎国内航线⏎443⏎512: the labels of several rows stand above their figures.
        let stacked = bare || width == 1 && length > 1 && start >= end + length;
        end = start + length;
        // A row that states none has its label right before its figures.
        let label =
            behind.checked_sub(labels).filter(|at| cells.get(*at).is_some_and(|cell| cell.sort != Sort::Figure));
        let (row, unit) = match label {
            Some(label) if states => (Some(label), behind.checked_sub(1)),
            _ => (behind.checked_sub(1), None),
        };
        for offset in 0..length {
            let Some(slot) = heads.get_mut(start + offset) else { continue };
            let column = (columns.len() + offset).checked_sub(length).filter(|_| length == width && !stacked);
            let over = column.and_then(|column| columns.get(column)).copied().unwrap_or_default();
            let row = if stacked { Some(start + offset - length) } else { row };
            *slot = Heads { row, over, unit: unit.filter(|_| !stacked), ..Heads::default() };
        }
    }
    heads
}

/// 教职工⏎人数⏎(人), where as many headers have a unit as there are columns: one without is the front of the next.
fn join_halves(columns: &mut Vec<Over>) {
    let stated = |over: &Over| over[1].is_some();
    let Some(first) = columns.iter().position(stated) else { return };
    let mut at = columns.len();
    while at > first + 1 {
        at -= 1;
        let half = columns.get(at - 1).copied().filter(|half| !stated(half));
        if let (Some(half), Some(next)) = (half, columns.get_mut(at))
            && stated(next)
            && next[2].is_none()
        {
            *next = [half[0], next[0], next[1]];
            columns.remove(at - 1);
        }
    }
}

/// #卫生技术⏎人员⏎#执业⏎医师, where there are as many headers too many: each part of a header before it goes on in the next.
fn join_parts(columns: &mut Vec<Over>, width: usize, cells: &[Cell], text: &str) {
    let part = |over: &Over| {
        let words = over[0].and_then(|at| cells.get(at)).map_or("", |cell| cell.span.of(text));
        words.starts_with(['#', '＃'])
    };
    let broken =
        |pair: &[Over]| matches!(pair, [half, next] if part(half) && !part(next) && half[1].or(next[1]).is_none());
    let halves: Vec<usize> = (1..columns.len()).filter(|at| columns.get(at - 1..=*at).is_some_and(broken)).collect();
    if columns.len() < width + halves.len() {
        return;
    }
    for at in halves.into_iter().rev() {
        let next = columns.remove(at);
        if let Some(half) = columns.get_mut(at - 1) {
            stack(half, next[0]);
        }
    }
    // They are counted in the unit of the whole.
    let is_unit = |at: &usize| cells.get(*at).is_some_and(|cell| cell.sort == Sort::Unit);
    let mut unit = None;
    for over in columns {
        let own = over.iter().flatten().copied().find(is_unit);
        if part(over) && own.is_none() {
            stack(over, unit);
        } else {
            unit = own;
        }
    }
}

/// Lines behind a header that head a group of rows.
const GROUPS: usize = 2;

/// 本期⏎上期⏎金额⏎%⏎金额⏎%: the columns where the same few headers stand once for each of as many above them, or, with none but
/// those, headers of which the first is the same (收入⏎支出⏎合计⏎税收⏎合计⏎教育); what stands behind them heads a group of rows.
fn repeated(cells: &[Cell], header: &[usize], (width, labels): (usize, usize), text: &str) -> Option<Vec<Over>> {
    let values = width.checked_sub(labels)?;
    let words = |at: &usize| cells.get(*at).map_or("", |cell| cell.span.of(text).trim());
    let sort = |at: &usize| cells.get(*at).map(|cell| cell.sort);
    let percent = |at: &usize| matches!(words(at), "%" | "％");
    let sorts = if header.iter().any(percent) { [Sort::Words, Sort::Date] } else { [Sort::Words; 2] };
    let caption = header.iter().rposition(|at| words(at).contains(['：', ':'])).map_or(0, |at| at + 1);
    let header = header.get(caption..)?;
    (0..=GROUPS).find_map(|behind| {
        let header = header.get(..header.len().checked_sub(behind)?)?;
        let (above, lower) = header.split_at_checked(header.len().checked_sub(values)?)?;
        (2..=values / 2).rev().filter(|count| values.is_multiple_of(*count)).find_map(|count| {
            let first = lower.get(..values / count)?;
            let parts = || lower.chunks(values / count);
            let alike = |part: &[usize]| part.iter().map(words).eq(first.iter().map(words));
            let opens = |part: &[usize]| part.first().map(words) == first.first().map(words);
            let uppers = above.get(above.len().checked_sub(count)?..)?;
            let named = uppers.iter().all(|at| sort(at).is_some_and(|sort| sorts.contains(&sort)));
            let units = lower.iter().any(|at| sort(at) == Some(Sort::Unit) && !percent(at));
            let whole = above.len() == count + labels && behind == 0 && parts().all(opens);
            if !named || units || above.len() <= count || !parts().all(alike) && !whole {
                return None;
            }
            let pairs = uppers.iter().zip(parts());
            Some(pairs.flat_map(|(upper, part)| part.iter().map(|at| [Some(*upper), Some(*at), None])).collect())
        })
    })
}

/// What stands over the columns of rows of so many cells, some of them labels, from the cells above the first row: a header
/// for each; each with a unit of its own behind it, or all units behind all; times that span the same few headers and stand
/// before them once.
fn columns(cells: &[Cell], header: &[usize], (width, labels): (usize, usize), text: &str) -> Option<Vec<Over>> {
    if let Some(columns) = repeated(cells, header, (width, labels), text) {
        return Some(columns);
    }
    let is = |at: usize, sort: Sort| cells.get(at).is_some_and(|cell| cell.sort == sort);
    let units = header.iter().filter(|at| is(**at, Sort::Unit)).count();
    let behind = |pair: &&[usize]| matches!(pair, [head, unit] if is(*unit, Sort::Unit) && !is(*head, Sort::Unit));
    let each = units == header.windows(2).filter(behind).count();
    let mut columns: Vec<Over> = Vec::new();
    let mut line: Vec<usize> = Vec::new();
    for at in header {
        match columns.last_mut().filter(|_| units > 1 || each).filter(|_| is(*at, Sort::Unit)) {
            Some(last) if each => stack(last, Some(*at)),
            Some(_) => line.push(*at),
            None => columns.push([Some(*at), None, None]),
        }
    }
    if each && units > 1 && units == width.saturating_sub(labels) {
        join_halves(&mut columns);
    } else if units > 0 && each {
        join_parts(&mut columns, width, cells, text);
    }
    let is_time = |over: &Over| over[0].is_some_and(|at| is(at, Sort::Date));
    let times = columns.iter().filter(|over| is_time(over)).count();
    let values = width.saturating_sub(labels);
    let names: Vec<&Over> = columns.iter().filter(|over| !is_time(over)).collect();
    let spanned = values.checked_div(times).filter(|spanned| *spanned > 0 && times > 1).unwrap_or(0);
    let shared = names.get(names.len().saturating_sub(spanned * times)..).unwrap_or_default();
    let words = |over: &&Over| over[0].and_then(|at| cells.get(at)).map_or("", |cell| cell.span.of(text));
    let repeats = |part: &[&Over]| part.iter().map(words).eq(shared.iter().take(spanned).map(words));
    if spanned > 0 && shared.len() == spanned * times && shared.chunks(spanned).all(repeats) {
        let shared: Vec<usize> = shared.iter().filter_map(|over| over[0]).collect();
        columns.retain(|over| is_time(over) || over[0] < shared.first().copied());
        let own = times + values - shared.len() + labels;
        columns.drain(..columns.len().saturating_sub(own));
        columns = lower(columns, &shared, width, cells, text);
    } else if let Some(last) = columns.iter().rposition(is_time)
        && columns.get((last + 1).saturating_sub(values)..=last).is_some_and(|own| own.iter().all(is_time))
        && times == values
    {
        // 2018年⏎2019年⏎在校学生数: what stands behind the last time heads rows.
        columns.truncate(last + 1);
    }
    // 专业⏎学制⏎收费标准（元/年）⏎学费⏎住宿费: one header too many is that of a group, of those behind it.
    let corner =
        columns.first().and_then(|over| cells.get(over[0]?)).is_some_and(|cell| cell.role == Some(Role::Corner));
    let united = |over: &Over| {
        over[0].and_then(|at| cells.get(at)).is_some_and(|cell| cell.span.of(text).trim().ends_with(['）', ')']))
    };
    if let Some(group) = columns.iter().position(united).filter(|_| corner && columns.len() == width + 1)
        && columns.iter().filter(|over| united(over)).count() == 1
        && columns.len() > group + 2
    {
        let parts = columns.split_off(group + 1);
        let parts: Vec<usize> = parts.iter().filter_map(|over| over[0]).collect();
        columns = lower(columns, &parts, width, cells, text);
    }
    columns.drain(..columns.len().saturating_sub(width));
    let columns = if line.is_empty() { columns } else { lower(columns, &line, width, cells, text) };
    (columns.len() >= values).then_some(columns)
}
