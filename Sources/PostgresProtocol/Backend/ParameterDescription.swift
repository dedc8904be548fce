/// The types of a statement's parameters, as the server understood them.
public enum ParameterDescription {
    /// Reads the body of a ParameterDescription: one type number for each parameter.
    public static func types(_ body: RawSpan) throws(WireFault) -> [UInt32] {
        var reader = ByteReader(body)
        let count = Int(try reader.integer(UInt16.self))
        guard count * 4 <= reader.remaining else { throw .lengthOutOfRange(count, offset: 0) }
        var types: [UInt32] = []
        types.reserveCapacity(count)
        for _ in 0..<count { types.append(try reader.integer()) }
        try reader.finish()
        return types
    }
}
