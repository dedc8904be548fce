public import PostgresProtocol

/// An amount of money, in the smallest unit of the server's currency: PostgreSQL's `money`.
///
/// Only the server's `lc_monetary` tells the currency and how many of the units make a whole one; the text form here is
/// that of the locale `C` (two decimals, `$`), which is what the server writes unless it was told otherwise.
///
/// Source: PostgreSQL 18 manual, "Monetary Types".
public struct PostgresMoney: Hashable, Sendable {
    /// The amount: cents, in most currencies.
    public var minorUnits: Int64

    /// Makes an amount of the smallest unit.
    public init(minorUnits: Int64) { self.minorUnits = minorUnits }
}

extension PostgresMoney: Comparable {
    /// Compares amounts of one currency.
    public static func < (left: PostgresMoney, right: PostgresMoney) -> Bool {
        left.minorUnits < right.minorUnits
    }
}

extension PostgresMoney: PostgresExactType {
    /// `money`.
    public static var postgresType: PostgresOID { .money }

    /// The server's text in the locale `C`: `-$1,234.56`.
    public var description: String {
        let (whole, cents) = minorUnits.magnitude.quotientAndRemainder(dividingBy: 100)
        var digits = String(whole)
        var groups: [Substring] = []
        while digits.utf8.count > 3 {
            groups.append(digits.suffix(3))
            digits = String(digits.dropLast(3))
        }
        groups.append(Substring(digits))
        let amount = groups.reversed().joined(separator: ",")
        return (minorUnits < 0 ? "-$" : "$") + amount + "." + CivilDate.padded(Int(cents), 2)
    }

    /// Reads the server's text in the locale `C`, with or without `$` and commas; nil for anything else.
    public init?(_ text: String) {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        if rest.first == "$" { rest.removeFirst() }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2 else { return nil }
        let digits = parts[0].filter { $0 != "," } + parts[1]
        guard digits.utf8.allSatisfy({ 48...57 ~= $0 }), let value = Int64((isNegative ? "-" : "") + digits)
        else { return nil }
        minorUnits = value
    }

    /// Appends the amount.
    public func encode(into writer: inout ByteWriter) throws(EncodingFault) { writer.append(minorUnits) }

    @_lifetime(reader: copy reader)
    package init(reading reader: inout ByteReader) throws(DecodingFault) { minorUnits = try reader.decode() }
}
