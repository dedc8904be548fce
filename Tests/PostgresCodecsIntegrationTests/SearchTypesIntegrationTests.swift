import PostgresWire
import TestSupport
import Testing

@Suite struct SearchTypesIntegrationTests {
    @Test func `documents are those of the server`() async throws {
        try await TypeCheck.run { check in
            let long = String(repeating: "x", count: 2_046)
            let everywhere = (1...255).map { PostgresTSVector.Position($0 * 64, weight: .a) }
            let boundaries: [PostgresTSVector] = [
                PostgresTSVector([]), PostgresTSVector([.init("a")]), PostgresTSVector([.init(long)]),
                PostgresTSVector([.init("'\\ :", positions: everywhere.compactMap { $0 })]),
            ]
            // The server sorts the lexemes.
            try await check.check("tsvector", boundaries, isEqual: nil) { random in
                var seen: Set<String> = []
                let lexemes = (0..<random.below(6)).compactMap { _ -> PostgresTSVector.Lexeme? in
                    let text = random.text(8)
                    guard !text.isEmpty, seen.insert(text).inserted else { return nil }
                    return PostgresTSVector.Lexeme(text, positions: random.positions())
                }
                return PostgresTSVector(lexemes)
            }
        }
    }

    @Test func `queries are those of the server`() async throws {
        try await TypeCheck.run { check in
            let word = PostgresTSQuery("fat", weights: [.a, .b], isPrefix: true)
            let boundaries: [PostgresTSQuery?] = [
                word, word.negated.negated, word.followed(by: word, distance: 0),
                word.followed(by: word, distance: 16_384),
                word.followed(by: word)?.followed(by: word, distance: 2),
                word.followed(by: word).flatMap { word.followed(by: $0) },
                word.and(word.or(word)), word.or(word.and(word)), word.and(word).or(word).negated,
            ]
            try await check.check("tsquery", boundaries) { $0.query(depth: 4) }
        }
    }
}

extension SeededGenerator {
    fileprivate mutating func positions() -> [PostgresTSVector.Position] {
        var number = 0
        return (0..<below(4)).compactMap { _ in
            number += 1 + below(4_000)
            return PostgresTSVector.Position(number, weight: element(of: PostgresTSWeight.allCases))
        }
    }

    fileprivate mutating func query(depth: Int) -> PostgresTSQuery {
        let choice = depth == 0 ? 0 : below(5)
        switch choice {
        case 1: return query(depth: depth - 1).negated
        case 2: return query(depth: depth - 1).and(query(depth: depth - 1))
        case 3: return query(depth: depth - 1).or(query(depth: depth - 1))
        case 4:
            let left = query(depth: depth - 1)
            return left.followed(by: query(depth: depth - 1), distance: below(3)) ?? left
        default:
            let weights = PostgresTSWeight.allCases.filter { _ in below(4) == 0 }
            return PostgresTSQuery("w" + text(5), weights: Set(weights), isPrefix: below(4) == 0)
        }
    }
}
