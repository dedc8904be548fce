import FoundationEssentials
import TestSupport

/// A fenced block of Swift in an article.
struct CodeBlock: CustomStringConvertible {
    /// The article's path.
    let article: String
    /// The line of the opening fence, counted from 1.
    let line: Int
    /// What is between the fences.
    let lines: [Substring]

    var description: String { "\(article):\(line): \(lines.first ?? "")" }

    /// Every block of Swift in a text.
    static func all(in text: String, article: String) -> [CodeBlock] {
        var blocks: [CodeBlock] = []
        var start: Int?
        var lines: [Substring] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let opened = start {
                if line == "```" {
                    blocks.append(CodeBlock(article: article, line: opened, lines: lines))
                    start = nil
                } else {
                    lines.append(line)
                }
            } else if line == "```swift" {
                start = index + 1
                lines = []
            }
        }
        if let start { blocks.append(CodeBlock(article: article, line: start, lines: lines)) }
        return blocks
    }

    /// Whether the block stands in a source file, all of its lines moved to the right by the same indentation.
    func stands(in source: [Substring]) -> Bool {
        guard let first = lines.first, !first.isEmpty else { return false }
        return source.indices.contains { start in
            guard source[start].hasSuffix(first), start + lines.count <= source.count else { return false }
            let indentation = source[start].dropLast(first.count)
            guard indentation.allSatisfy({ $0 == " " }) else { return false }
            return zip(lines, source[start...]).allSatisfy { line, present in
                line.isEmpty ? present.isEmpty : present == indentation + line
            }
        }
    }
}
