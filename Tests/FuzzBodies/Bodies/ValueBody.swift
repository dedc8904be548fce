import FoundationEssentials
import PostgresCodecs
import PostgresProtocol

/// The reader of every type: two bytes choose Swift type, type and form; what is read and written again stays the same.
enum ValueBody {
    private struct Case: Sendable {
        let type: any ValueTypes.Codec.Type
        let forms: [(PostgresOID, PostgresFormat)]
    }

    /// The number of a type of an extension or a user.
    private static let foreign = PostgresOID(rawValue: 20_000)

    private static let known =
        (1...6_000).map { PostgresOID(rawValue: $0) }.filter { $0.typeName != nil } + [foreign]

    private static let cases: [Case] = ValueTypes.all.map { type in
        var forms: [(PostgresOID, PostgresFormat)] = []
        for format in [PostgresFormat.binary, .text] {
            forms += known.filter { type.accepts($0, format) }.map { ($0, format) }
        }
        return Case(type: type, forms: forms.isEmpty ? [(foreign, .binary)] : forms)
    }

    static func complaint(_ bytes: [UInt8]) -> String? {
        var input = FuzzInput(bytes)
        let chosen = input.choice(of: cases)
        let (oid, format) = input.choice(of: chosen.forms)
        return complaint(input.rest, chosen.type, oid, format)
    }

    private static func complaint<Value: ValueTypes.Codec>(
        _ bytes: [UInt8], _ type: Value.Type, _ oid: PostgresOID, _ format: PostgresFormat
    ) -> String? {
        let cell = PostgresCell(bytes: bytes.span.bytes, type: oid, format: format)
        guard let value = try? Value(cell: cell) else { return nil }
        _ = String(describing: value)
        var first = ByteWriter(capacity: 64)
        guard (try? value.encode(into: &first)) != nil else { return nil }
        let own = Value.postgresTypeName == nil ? Value.postgresType : foreign
        guard Value.accepts(own, Value.postgresFormat) else { return nil }
        let written = PostgresCell(bytes: first.bytes, type: own, format: Value.postgresFormat)
        let again: Value
        do { again = try Value(cell: written) } catch {
            return "\(type) does not read what it has written for \(value): \(error)"
        }
        // A `Date` is rounded when it is read: far from our time it cannot tell neighbouring microseconds apart.
        guard Value.self != Date.self, Value.self != [Date].self else { return nil }
        var second = ByteWriter(capacity: 64)
        do { try again.encode(into: &second) } catch {
            return "\(type) does not write again what it has read, \(again): \(error)"
        }
        let isSame = first.bytes.withUnsafeBytes { left in
            second.bytes.withUnsafeBytes { left.elementsEqual($0) }
        }
        return isSame ? nil : "\(type) writes \(value) and then \(again)"
    }
}
