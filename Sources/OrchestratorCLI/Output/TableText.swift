#if CLI
import TextTable

/// A table for people: aligned columns, numbers to the right.
struct TableText {
    /// One column: its title, and whether it holds numbers.
    struct Heading {
        var title: String
        var isNumeric = false
    }

    var headings: [Heading]
    var rows: [[String]] = []

    /// Describes the columns; a title that begins with `#` is that of a column of numbers.
    init(_ titles: String...) {
        headings = titles.map { title in
            title.hasPrefix("#")
                ? Heading(title: String(title.dropFirst()), isNumeric: true) : Heading(title: title)
        }
    }

    /// Adds a row with a cell for each column.
    mutating func add(_ cells: String...) { rows.append(cells) }

    /// The table as lines, without trailing blanks.
    var text: String {
        let headings = headings
        let table = TextTable<[String]> { cells in
            zip(headings, cells).map { heading, cell in
                Column(title: heading.title, value: cell, align: heading.isNumeric ? .right : .left)
            }
        }
        guard let text = table.string(for: rows, style: Style.simple) else {
            return headings.map(\.title).joined(separator: "  ")
        }
        return text.split(separator: "\n").map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
#endif
