//! Cleans the characters of code.

/// The lines of a block of code: tabs expanded, the common indentation and empty ends removed.
pub(super) fn code_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(expand_tabs).collect();
    let Some(first) = lines.iter().position(|line| !line.is_empty()) else {
        return String::new();
    };
    let last = lines
        .iter()
        .rposition(|line| !line.is_empty())
        .unwrap_or(first);
    let lines = &lines[first..=last];
    let indentation = |line: &String| line.len() - line.trim_start_matches(' ').len();
    let common = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indentation)
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(common..).unwrap_or_default())
        .collect();
    lines.join("\n")
}

fn expand_tabs(line: &str) -> String {
    const TAB: usize = 4;
    let mut expanded = String::with_capacity(line.len());
    let mut column = 0;
    for character in line.trim_end().chars() {
        let width = if character == '\t' {
            TAB - column % TAB
        } else {
            1
        };
        match character {
            '\t' => expanded.extend(std::iter::repeat_n(' ', width)),
            _ => expanded.push(character),
        }
        column += width;
    }
    expanded
}
