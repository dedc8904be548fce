public import PostgresProtocol

/// A SQL array with its dimensions and lower bounds; `[Element]` is the simpler form for one dimension.
public struct PostgresArray<Element> {
    /// One dimension of an array.
    public struct Dimension: Hashable, Sendable {
        /// How many elements lie along it.
        public var length: Int
        /// The index of its first element.
        public var lowerBound: Int

        /// Describes a dimension.
        public init(length: Int, lowerBound: Int = 1) {
            self.length = length
            self.lowerBound = lowerBound
        }
    }

    /// The dimensions, the outermost first; none for an empty array.
    public let dimensions: [Dimension]
    /// All elements, row by row.
    public let elements: [Element]

    /// Makes an array of one dimension that begins at 1.
    public init(_ elements: [Element]) {
        self.elements = elements
        dimensions = elements.isEmpty ? [] : [Dimension(length: elements.count)]
    }

    /// Makes an array; nil unless the lengths multiply to the number of elements and no length is 0.
    public init?(_ elements: [Element], dimensions: [Dimension]) {
        var count = dimensions.isEmpty ? 0 : 1
        for dimension in dimensions {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension.length)
            guard dimension.length > 0, !overflow else { return nil }
            count = product
        }
        guard count == elements.count else { return nil }
        self.elements = elements
        self.dimensions = dimensions
    }
}

extension PostgresArray: Sendable where Element: Sendable {}
extension PostgresArray: Equatable where Element: Equatable {}
extension PostgresArray: Hashable where Element: Hashable {}

extension PostgresArray: PostgresEncodableElement where Element: PostgresEncodable {}
extension PostgresArray: PostgresEncodable where Element: PostgresEncodable {
    /// The array type of the elements.
    public static var postgresType: PostgresOID { Element.postgresArrayType }

    /// The name of the elements' type with brackets, as SQL writes it.
    public static var postgresTypeName: String? { Element.postgresLeafTypeName.map { $0 + "[]" } }

    /// Appends the array.
    ///
    /// - Throws: `tooManyElements` beyond six dimensions, `custom` for elements without a number or binary form.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) {
        guard Element.postgresArrayFormat == .binary else {
            throw .custom("an array with dimensions needs elements that have a binary form")
        }
        guard dimensions.count <= 6 else { throw .tooManyElements(count: dimensions.count, limit: 6) }
        guard elements.count <= Element.maximumElements else {
            throw .tooManyElements(count: elements.count, limit: Element.maximumElements)
        }
        writer.append(Int32(truncatingIfNeeded: dimensions.count))
        let flags = writer.count
        writer.append(Int32(0))
        try Element.encodeLeafType(into: &writer)
        for dimension in dimensions {
            guard let lowerBound = Int32(exactly: dimension.lowerBound) else {
                throw .outOfRange(type: "array index")
            }
            writer.append(Int32(truncatingIfNeeded: dimension.length))
            writer.append(lowerBound)
        }
        if try Element.encodePostgresElements(elements, into: &writer) { writer.replace(at: flags, with: 1) }
    }
}

extension PostgresArray: PostgresDecodableElement where Element: PostgresDecodable {}
extension PostgresArray: PostgresDecodable where Element: PostgresDecodable {
    /// Takes arrays of what the elements take, in binary form.
    public static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
        format == .binary && Element.acceptsPostgresArray(type, format)
    }

    /// Reads an array of any number of dimensions.
    public init(cell: borrowing PostgresCell) throws(DecodingFault) {
        var reader = ByteReader(cell.bytes)
        let header = try PostgresArrayHeader(reading: &reader)
        guard Element.acceptsPostgresLeaf(header.elementType) else {
            throw .typeMismatch(header.elementType, .binary)
        }
        elements = try Element.decodePostgresElements(&reader, type: header.elementType, count: header.count)
        try reader.finishDecoding()
        guard header.count > 0 else {
            dimensions = []
            return
        }
        var dimensions: [Dimension] = []
        for level in 0..<header.dimensions {
            dimensions.append(
                Dimension(length: header.length(of: level), lowerBound: header.lowerBound(of: level)))
        }
        self.dimensions = dimensions
    }
}
