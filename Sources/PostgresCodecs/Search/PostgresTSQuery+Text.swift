extension PostgresTSQuery: CustomStringConvertible {
    /// The server's text: `'fat':AB & ( 'rat' | !'cat':* )`.
    public var description: String {
        let sizes = Self.sizes(nodes)
        var text = ""
        var work: [Work] = nodes.isEmpty ? [] : [.query(0, above: 0, isRightOfPhrase: false)]
        while let next = work.popLast() {
            switch next {
            case .text(let piece): text += piece
            case .query(let index, let above, let isRightOfPhrase):
                let node = nodes[index]
                if case .lexeme(let word, let weights, let isPrefix) = node {
                    text += Self.text(word, weights, isPrefix)
                    continue
                }
                let isPhrase = node.symbol.isPhrase
                let isWrapped = node.priority < above || isPhrase && isRightOfPhrase
                // The last one is taken first.
                if isWrapped {
                    text += "( "
                    work.append(.text(" )"))
                }
                work.append(.query(index + 1, above: node.priority, isRightOfPhrase: isPhrase))
                if node == .not {
                    text += "!"
                } else {
                    work.append(.text(node.symbol.text))
                    let left = index + 1 + sizes[index + 1]
                    work.append(.query(left, above: node.priority, isRightOfPhrase: false))
                }
            }
        }
        return text
    }

    private enum Work {
        case text(String)
        case query(Int, above: Int, isRightOfPhrase: Bool)
    }

    /// How many parts the query has that begins at each part.
    private static func sizes(_ nodes: [Node]) -> [Int] {
        var sizes = [Int](repeating: 1, count: nodes.count)
        for index in nodes.indices.reversed() {
            for _ in 0..<nodes[index].operands { sizes[index] += sizes[index + sizes[index]] }
        }
        return sizes
    }

    private static func text(_ word: String, _ weights: Set<PostgresTSWeight>, _ isPrefix: Bool) -> String {
        let letters = PostgresTSWeight.allCases.reversed().filter(weights.contains).map(\.letter).joined()
        let suffix = (isPrefix ? "*" : "") + letters
        return PostgresTSText.quoted(word) + (suffix.isEmpty ? "" : ":" + suffix)
    }
}

extension PostgresTSQuery.Node {
    /// How tightly the operator binds.
    fileprivate var priority: Int {
        switch self {
        case .lexeme: 5
        case .not: 4
        case .followedBy: 3
        case .and: 2
        case .or: 1
        }
    }

    /// What stands between the operands.
    fileprivate var symbol: (text: String, isPhrase: Bool) {
        switch self {
        case .and: (" & ", false)
        case .or: (" | ", false)
        case .followedBy(let distance): (distance == 1 ? " <-> " : " <\(distance)> ", true)
        case .lexeme, .not: ("", false)
        }
    }
}
