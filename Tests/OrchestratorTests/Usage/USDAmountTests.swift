import FoundationEssentials
import Orchestrator
import StoreContracts
import Testing

@Suite struct USDAmountTests {
    @Test(arguments: [
        ("0", 0), ("0.05", 50_000), ("1", 1_000_000), ("9999.999999", 9_999_999_999), ("0.0000005", 1),
        ("0.0000004999999", 0), ("-0.0000005", -1), ("1e-7", 0), ("5e-7", 1), ("1.5E3", 1_500_000_000),
        ("+2.", 2_000_000), (".5", 500_000), ("000.100000", 100_000), ("0.1234565", 123_457),
        ("0.12345649999999999999999999", 123_456), ("0.00000000000000000000000000000001", 0), ("0e99999", 0),
        ("1e-99999", 0), ("9223372036854.775807", 9_223_372_036_854_775_807),
    ])
    func `a decimal is rounded to a millionth, halves away from zero`(_ text: String, _ expected: Int64) {
        #expect(USDAmount(text)?.microdollars == expected)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 ", " 1", "0x1", "NaN", "Infinity", "1e400", "1,5",
        "9223372036854.775808", "1e13", "--1",
    ])
    func `what is no amount is refused`(_ text: String) {
        #expect(USDAmount(text) == nil)
    }

    @Test func `a double counts as its shortest decimal`() {
        #expect(USDAmount(0.1)?.microdollars == 100_000)
        #expect(USDAmount(0.000_000_5)?.microdollars == 1)
        #expect(USDAmount(2.675)?.microdollars == 2_675_000)
        #expect(USDAmount(1e-300)?.microdollars == 0)
        #expect(USDAmount(Double.nan) == nil)
        #expect(USDAmount(-Double.infinity) == nil)
        #expect(USDAmount(Decimal(string: "0.3") ?? 0)?.microdollars == 300_000)
        #expect(USDAmount(Decimal.nan) == nil)
    }

    @Test func `sums are exact and texts have six places`() {
        let tenth = USDAmount(microdollars: 100_000)
        let sum = (0..<10_000_000 / 100).reduce(USDAmount.zero) { sum, _ in sum + tenth }
        #expect(sum.microdollars == 10_000_000_000)
        #expect(sum.description == "10000.000000")
        #expect(USDAmount(microdollars: -50_001).description == "-0.050001")
        #expect(USDAmount(microdollars: .max) + tenth == USDAmount(microdollars: .max))
        #expect(USDAmount(microdollars: .min) - tenth == USDAmount(microdollars: .min))
        #expect(USDAmount(microdollars: 1_500_000).decimalValue == Decimal(string: "1.5"))
        #expect(tenth < sum)
    }
}
