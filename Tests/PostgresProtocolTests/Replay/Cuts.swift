import TestSupport

/// How the server's bytes of a transcript arrive.
enum Cuts: Sendable {
    /// As much at once as the server said without waiting for the client.
    case whole
    case byteByByte
    /// Whole, but for one cut before the byte of this number.
    case at(Int)
    /// In pieces of random sizes.
    case random(seed: UInt64)

    /// Cuts `bytes`, which begin at `offset` of all that the server says.
    func pieces(of bytes: [UInt8], at offset: Int) -> [ArraySlice<UInt8>] {
        switch self {
        case .whole: return [bytes[...]]
        case .byteByByte: return bytes.indices.map { bytes[$0...$0] }
        case .at(let cut):
            let place = cut - offset
            guard place > 0, place < bytes.count else { return [bytes[...]] }
            return [bytes[..<place], bytes[place...]]
        case .random(let seed):
            var random = SeededGenerator(seed: seed &+ UInt64(offset))
            var pieces: [ArraySlice<UInt8>] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(1 + random.below(30))
                pieces.append(piece)
                rest = rest.dropFirst(piece.count)
            }
            return pieces
        }
    }
}
