//! What `pdftotext -bbox-layout` wrote: pages with lines and their places, in points from the top left.

use plainsight_text::is_han;

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub text: String,
}

impl Line {
    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }
}

/// A page with its lines in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    pub width: f32,
    pub height: f32,
    pub lines: Vec<Line>,
}

/// The most lines of a page; a page of a newspaper has some 800.
const MOST_LINES: usize = 4000;

/// Reads poppler's output, which has an element a line. What has another form is passed over; lines
/// beyond the bound are counted in the second value.
pub(super) fn pages(output: &str) -> (Vec<Page>, usize) {
    let mut pages: Vec<Page> = Vec::new();
    let mut words: Vec<Line> = Vec::new();
    let mut beyond = 0;
    for element in output.lines().map(str::trim) {
        if let Some(rest) = element.strip_prefix("<page ") {
            let size = numbers::<2>(rest).unwrap_or([595.0, 842.0]);
            pages.push(Page { width: size[0], height: size[1], lines: Vec::new() });
        } else if let Some(rest) = element.strip_prefix("<word ") {
            let Some((places, text)) = rest.split_once('>') else { continue };
            let Some([left, top, right, bottom]) = numbers::<4>(places) else { continue };
            let text = plain(text.strip_suffix("</word>").unwrap_or(text));
            words.push(Line { left, top, right, bottom, text });
        } else if element == "</line>" {
            let line = joined(&std::mem::take(&mut words));
            match (line, pages.last_mut()) {
                (Some(line), Some(page)) if page.lines.len() < MOST_LINES => page.lines.push(line),
                (Some(_), _) => beyond += 1,
                (None, _) => {}
            }
        }
    }
    (pages, beyond)
}

/// The values of the first attributes.
fn numbers<const N: usize>(attributes: &str) -> Option<[f32; N]> {
    let mut values = attributes.split('"').skip(1).step_by(2).map(|v| v.parse::<f32>());
    let mut out = [0.0; N];
    for place in &mut out {
        *place = values.next()?.ok().filter(|value| value.is_finite())?;
    }
    Some(out)
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The words of a line as one; none where there is nothing to read.
fn joined(words: &[Line]) -> Option<Line> {
    let mut line = words.first()?.clone();
    for word in &words[1..] {
        append(&mut line, word);
    }
    (!line.text.trim().is_empty()).then_some(line)
}

/// Adds what stands right of a line on the same height.
pub(super) fn append(line: &mut Line, word: &Line) {
    // A mark of a note is drawn close to the word that it belongs to, and Han needs no space at all.
    const CLOSE: f32 = 0.12;
    let wide = |c: Option<char>| {
        c.is_some_and(|c| is_han(c) || matches!(c as u32, 0x3000..=0x303f | 0xff00..=0xffef))
    };
    let gap = word.left - line.right;
    let height = line.height().min(word.height());
    let both = wide(line.text.chars().last()) && wide(word.text.chars().next());
    if gap > CLOSE * height && !(both && gap < height) {
        line.text.push(' ');
    }
    line.text.push_str(&word.text);
    line.left = line.left.min(word.left);
    line.right = line.right.max(word.right);
    line.top = line.top.min(word.top);
    line.bottom = line.bottom.max(word.bottom);
}

/// The value in the middle; 0 of none.
pub(super) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Pages written from top to bottom and from right to left, turned so that they read like others.
///
/// Such a page comes a character a line. Turned, its top is where its right was.
pub(super) fn turned(page: Page) -> Page {
    const LEAST: usize = 12;
    let single = page.lines.iter().filter(|line| line.text.chars().count() == 1).count();
    if single < LEAST || single * 10 < page.lines.len() * 8 {
        return page;
    }
    let (width, height) = (page.height, page.width);
    let turn = |line: Line| Line {
        left: line.top,
        right: line.bottom,
        top: page.width - line.right,
        bottom: page.width - line.left,
        text: line.text,
    };
    let mut letters: Vec<Line> = page.lines.into_iter().map(turn).collect();
    letters.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<Line> = Vec::new();
    for letter in letters {
        match lines.last_mut() {
            Some(line)
                if (line.middle() - letter.middle()).abs() < letter.height() / 2.0
                    && letter.left - line.right < 3.0 * letter.height() =>
            {
                append(line, &letter);
            }
            _ => lines.push(letter),
        }
    }
    Page { width, height, lines }
}

#[cfg(test)]
pub(super) fn line(left: f32, top: f32, text: &str) -> Line {
    let width = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum::<f32>();
    Line { left, top, right: left + width, bottom: top + 14.0, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_lines() {
        let output = r#"<page width="595.0" height="842.0">
          <block xMin="1" yMin="2" xMax="3" yMax="4">
          <line xMin="10.0" yMin="20.0" xMax="90.0" yMax="34.0">
            <word xMin="10.0" yMin="20.0" xMax="50.0" yMax="34.0">A &amp;</word>
            <word xMin="54.0" yMin="20.0" xMax="90.0" yMax="34.0">B</word>
          </line>
          <line xMin="10.0" yMin="40.0" xMax="90.0" yMax="54.0">
            <word xMin="10.0" yMin="40.0" xMax="50.0" yMax="54.0">青湾县</word>
            <word xMin="52.0" yMin="40.0" xMax="90.0" yMax="54.0">公安局</word>
          </line>
          <line xMin="x"><word xMin="nan">?</word></line>"#;
        let (pages, beyond) = pages(output);
        assert_eq!((pages.len(), pages[0].width, beyond), (1, 595.0, 0));
        let texts: Vec<&str> = pages[0].lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["A & B", "青湾县公安局"]);
    }

    #[test]
    fn a_page_that_runs_from_top_to_bottom_is_turned() {
        let column = |x: f32, text: &str| -> Vec<Line> {
            text.chars().enumerate().map(|(n, c)| line(x, 50.0 + 15.0 * n as f32, &c.to_string())).collect()
        };
        // Poppler gives the last column first.
        let lines = [column(60.0, "第二行的字"), column(90.0, "第一行也有八个字")].concat();
        let page = turned(Page { width: 200.0, height: 400.0, lines });
        let texts: Vec<&str> = page.lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["第一行也有八个字", "第二行的字"]);
        assert_eq!((page.width, page.height), (400.0, 200.0));
    }
}
