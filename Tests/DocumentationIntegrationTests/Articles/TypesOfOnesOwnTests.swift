import PostgresWire
import TestSupport
import Testing

@Suite struct TypesOfOnesOwnTests {
    enum Temperature: String, PostgresEncodable, PostgresDecodable {
        case hot, cold
    }

    struct Address: Codable, Sendable {
        let city: String
        let lines: [String]
    }

    struct Price: PostgresComposite {
        var amount: PostgresNumeric
        var currency: String

        init(cell: borrowing PostgresCell) throws(DecodingFault) {
            (amount, currency) = try cell.fields(PostgresNumeric.self, String.self)
        }

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            try writer.append(fields: amount, currency)
        }
    }

    struct Cents: PostgresEncodable, PostgresDecodable, Equatable {
        let count: Int64

        static var postgresType: PostgresOID { .int8 }

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            try count.encode(into: &writer)
        }

        static func accepts(_ type: PostgresOID, _ format: PostgresFormat) -> Bool {
            Int64.accepts(type, format)
        }

        init(count: Int64) { self.count = count }

        init(cell: borrowing PostgresCell) throws(DecodingFault) {
            let count = try Int64(cell: cell)
            guard count >= 0 else { throw .outOfRange }
            self.count = count
        }
    }

    @Test func `an enum`() async throws {
        try await Sample.withClient { client in
            let temperature = Temperature.hot
            let names = try await client.collect(
                "SELECT name FROM items WHERE \(temperature) = ANY (tags)", as: String.self)

            #expect(names == ["green tea"])
            let read = try await client.collect(
                "SELECT unnest(tags) FROM items WHERE id = 8", as: Temperature.self)
            #expect(read == [.cold])
        }
    }

    @Test func `a range`() async throws {
        try await Sample.withClient { client in
            let ids = PostgresRange(2...)
            let users = try await client.one("SELECT count(*) FROM users WHERE id <@ \(ids)", as: Int.self)

            #expect(users == 2)
        }
    }

    @Test func `a composite type`() async throws {
        try await Sample.withClient { client in
            _ = try await client.script("CREATE TYPE price AS (amount numeric, currency text)")
            let price = try await client.one("SELECT ROW(4.50, 'EUR')::price", as: Price.self)
            #expect(price.amount == 4.5)
            let currency = try await client.one("SELECT (\(price)::price).currency", as: String.self)
            #expect(currency == "EUR")
        }
    }

    @Test func `a value in JSON`() async throws {
        try await Sample.withClient { client in
            let address = Address(city: "Bath", lines: ["1 Royal Crescent"])
            let (city, whole) = try await client.one(
                "SELECT \(PostgresJSON(address)) ->> 'city', \(PostgresJSON(address))",
                as: (String, PostgresJSON<Address>).self)

            #expect(city == "Bath")
            #expect(whole.value.lines == ["1 Royal Crescent"])
        }
    }

    @Test func `a type with a codec`() async throws {
        try await Sample.withClient { client in
            let price = Cents(count: 450)
            let half = try await client.one("SELECT \(price) / 2", as: Cents.self)

            #expect(half == Cents(count: 225))
            let error = await errorOf { _ = try await client.one("SELECT -1", as: Cents.self) }
            #expect(error?.code == .decoding)
        }
    }
}
