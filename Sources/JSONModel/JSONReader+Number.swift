extension JSONReader {
    /// Reads a number; `position` is at its minus sign or first digit.
    mutating func number() throws(JSONFault) -> JSONNumber {
        let start = position
        let isNegative = base[position] == UInt8(ascii: "-")
        if isNegative { position &+= 1 }
        guard position < count, let first = digit(at: position) else { throw incomplete(.invalidNumber) }
        var magnitude = Int64(first)
        let firstDigit = position
        position &+= 1
        while position < count, let next = digit(at: position) {
            guard first != 0 else { throw fault(.invalidNumber) }
            magnitude = magnitude &* 10 &+ Int64(next)
            position &+= 1
        }
        let digits = position &- firstDigit
        let hasFraction = try fraction()
        let hasExponent = try exponent()
        if !hasFraction, !hasExponent {
            // Eighteen digits cannot overflow.
            if digits <= 18, !(isNegative && magnitude == 0) {
                return JSONNumber(.integer(isNegative ? 0 &- magnitude : magnitude))
            }
            // `-0` stays as it is, and so does what 64 bits cannot hold.
            if digits > 1, let value = Int64(text(from: start)) { return JSONNumber(.integer(value)) }
        }
        return JSONNumber(.literal(text(from: start)))
    }

    private mutating func fraction() throws(JSONFault) -> Bool {
        guard position < count, base[position] == UInt8(ascii: ".") else { return false }
        position &+= 1
        guard position < count, digit(at: position) != nil else { throw incomplete(.invalidNumber) }
        while position < count, digit(at: position) != nil { position &+= 1 }
        return true
    }

    private mutating func exponent() throws(JSONFault) -> Bool {
        guard position < count, base[position] | 0x20 == UInt8(ascii: "e") else { return false }
        position &+= 1
        if position < count, base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") {
            position &+= 1
        }
        guard position < count, digit(at: position) != nil else { throw incomplete(.invalidNumber) }
        var significant = 0
        while position < count, let digit = digit(at: position) {
            if digit != 0 || significant > 0 { significant &+= 1 }
            guard significant <= 9 else { throw fault(.exponentOutOfRange) }
            position &+= 1
        }
        return true
    }

    private func digit(at position: Int) -> UInt8? {
        let value = base[position] &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }

    private func text(from start: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: base + start, count: position - start), as: UTF8.self)
    }

    private func incomplete(_ reason: JSONFault.Reason) -> JSONFault {
        fault(position < count ? reason : .unexpectedEnd)
    }
}
