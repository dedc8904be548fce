extension JSONReader {
    /// Reads a string; `position` is at its opening quote.
    mutating func string() throws(JSONFault) -> String {
        position &+= 1
        let start = position
        var isASCII = true
        let stop = try scan(&isASCII)
        guard stop == UInt8(ascii: "\"") else { return try stringWithEscapes(from: start, isASCII) }
        let bytes = UnsafeBufferPointer(start: base + start, count: position &- start)
        position &+= 1
        return try text(bytes, isASCII, start)
    }

    private mutating func stringWithEscapes(
        from start: Int, _ isASCIISoFar: Bool
    ) throws(JSONFault) -> String {
        var isASCII = isASCIISoFar
        unescaped.removeAll(keepingCapacity: true)
        unescaped.append(contentsOf: UnsafeBufferPointer(start: base + start, count: position &- start))
        while true {
            // `position` is at a backslash.
            try escape(&isASCII)
            let run = position
            let stop = try scan(&isASCII)
            unescaped.append(contentsOf: UnsafeBufferPointer(start: base + run, count: position &- run))
            if stop == UInt8(ascii: "\"") { break }
        }
        position &+= 1
        let text: Result<String, JSONFault> = unescaped.withUnsafeBufferPointer { bytes in
            Result { () throws(JSONFault) -> String in try self.text(bytes, isASCII, start) }
        }
        return try text.get()
    }

    private func text(
        _ bytes: UnsafeBufferPointer<UInt8>, _ isASCII: Bool, _ start: Int
    ) throws(JSONFault) -> String {
        if isASCII { return String(decoding: bytes, as: UTF8.self) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSONFault(.invalidUTF8, offset: start)
        }
        return text
    }

    /// Moves to the next quote or backslash and returns which of the two it is; eight bytes at a time.
    private mutating func scan(_ isASCII: inout Bool) throws(JSONFault) -> UInt8 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while position &+ 8 <= count {
            let raw = UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self)
            let word = UInt64(littleEndian: raw)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // Each term has the high bit of the lowest byte that is a quote, a backslash or below 0x20.
            let stops =
                ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash
                    | (word &- (ones &* 0x20)) & ~word) & highs
            guard stops != 0 else {
                if word & highs != 0 { isASCII = false }
                position &+= 8
                continue
            }
            let bits = stops.trailingZeroBitCount & ~7
            if word & highs & ((1 &<< UInt64(bits)) &- 1) != 0 { isASCII = false }
            position &+= bits &>> 3
            break
        }
        while position < count {
            let byte = base[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return byte }
            guard byte >= 0x20 else { throw fault(.controlCharacter) }
            if byte >= 0x80 { isASCII = false }
            position &+= 1
        }
        throw fault(.unexpectedEnd)
    }

    private mutating func escape(_ isASCII: inout Bool) throws(JSONFault) {
        let start = position
        position &+= 1
        guard position < count else { throw fault(.unexpectedEnd) }
        let letter = base[position]
        position &+= 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = Unicode.Scalar(try codePoint(start)) else {
                throw JSONFault(.loneSurrogate, offset: start)
            }
            if scalar.value >= 0x80 { isASCII = false }
            unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw JSONFault(.invalidEscape, offset: start)
        }
    }

    /// Reads the digits of one escape, or of the two that make a surrogate pair.
    private mutating func codePoint(_ start: Int) throws(JSONFault) -> UInt32 {
        let first = try fourHexDigits(start)
        guard 0xD800...0xDBFF ~= first else { return first }
        guard position &+ 2 <= count else { throw JSONFault(.loneSurrogate, offset: start) }
        guard base[position] == UInt8(ascii: "\\"), base[position &+ 1] == UInt8(ascii: "u") else {
            throw JSONFault(.loneSurrogate, offset: start)
        }
        position &+= 2
        let second = try fourHexDigits(start)
        guard 0xDC00...0xDFFF ~= second else { throw JSONFault(.loneSurrogate, offset: start) }
        return 0x10000 &+ ((first &- 0xD800) &<< 10) &+ (second &- 0xDC00)
    }

    private mutating func fourHexDigits(_ start: Int) throws(JSONFault) -> UInt32 {
        guard position &+ 4 <= count else {
            position = count
            throw fault(.unexpectedEnd)
        }
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = base[position]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value &<< 4 | UInt32(byte &- 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value &<< 4 | UInt32(byte &- 0x57)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value &<< 4 | UInt32(byte &- 0x37)
            default: throw JSONFault(.invalidEscape, offset: start)
            }
            position &+= 1
        }
        return value
    }
}
