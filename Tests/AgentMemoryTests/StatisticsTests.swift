import AgentMemory
import JSONModel
import StoreContracts
import Testing

@Suite struct StatisticsTests {
    @Test func `distributions agree with the original`() throws {
        for entry in try MemoryVectors.gateList("logGamma") {
            let (x, y) = (try entry.double("x"), try entry.double("y"))
            #expect(agree(logGamma(x), y, to: 3e-10), "lnGamma(\(x))")
        }
        for entry in try MemoryVectors.gateList("regularizedIncompleteBeta") {
            let (a, b, x) = (try entry.double("a"), try entry.double("b"), try entry.double("x"))
            #expect(agree(regularizedIncompleteBeta(x, a: a, b: b), try entry.double("y"), to: 3e-10))
        }
        for entry in try MemoryVectors.gateList("studentTCdf") {
            guard entry["t"]?.doubleValue != nil, let expected = entry["y"]?.doubleValue else { continue }
            let value = try studentTCdf(entry.double("t"), degrees: entry.double("df"))
            // The original loses digits with a million degrees: 0.95001493730942 is exact.
            let tolerance = try entry.double("df") > 10_000 ? 1e-9 : 1e-10
            #expect(agree(value, expected, to: tolerance), "\(entry)")
        }
    }

    @Test(arguments: [
        (1.0, 1.0, 0.75), (-3, 1, 0.10241638234956673), (0.5, 2, 0.66666666666666667),
        (2.92, 2, 0.95000042221864639), (2, 3.7, 0.93909139904738300), (-5, 8, 0.00052641289668326964),
        (40, 3, 0.99998280965960542), (1.6449, 10000, 0.9499890672972921),
        (-1.96, 10000, 0.025011760115916525), (1.645, 1_000_000, 0.9500149373094194),
    ])
    func `the t distribution is exact to ten digits`(t: Double, degrees: Double, expected: Double) throws {
        #expect((try studentTCdf(t, degrees: degrees) - expected).magnitude < 1e-10)
    }

    @Test func `the t distribution at its edges`() throws {
        #expect(try studentTCdf(0, degrees: 5) == 0.5)
        #expect(try studentTCdf(.infinity, degrees: 5) == 1)
        #expect(try studentTCdf(-.infinity, degrees: 5) == 0)
        for degrees in [0.0, -2] {
            #expect(throws: StoreError.self) { try studentTCdf(1, degrees: degrees) }
        }
        #expect(throws: StoreError.self) { try studentTCdf(.nan, degrees: 3) }
    }

    @Test func `Welch's test agrees with the original`() throws {
        for entry in try MemoryVectors.gateList("welchLift") {
            let expected = try #require(entry["result"])
            guard expected["error"] == nil else { continue }
            let welch = try WelchLift(
                .init(
                    mean: entry.double("meanA"), variance: entry.double("varA"), count: entry.integer("nA")),
                .init(
                    mean: entry.double("meanB"), variance: entry.double("varB"), count: entry.integer("nB")),
                margin: entry.double("margin"))
            #expect(agree(welch.lift, try expected.double("lift")))
            #expect(agree(welch.standardError, try expected.double("se")))
            #expect(agree(welch.degrees, try expected.double("df")))
            #expect(agree(welch.pExceeds, try expected.double("pExceeds")), "\(entry)")
        }
    }

    @Test func `Welch's test refuses groups of one`() {
        let one = WelchLift.Group(mean: 0.5, variance: 0, count: 1)
        let two = WelchLift.Group(mean: 0.5, variance: 0, count: 2)
        let negative = WelchLift.Group(mean: 0.5, variance: -0.1, count: 2)
        #expect(throws: StoreError.self) { try WelchLift(one, two) }
        #expect(throws: StoreError.self) { try WelchLift(two, negative) }
    }

    @Test func `the step-up procedure agrees with the original`() throws {
        for entry in try MemoryVectors.gateList("benjaminiHochberg") {
            let expected = try entry.list("reject").map(\.boolValue)
            let mask = benjaminiHochberg(
                try entry.list("p").compactMap(\.doubleValue), rate: try entry.double("q"))
            #expect(mask.map(Optional.some) == expected)
        }
        #expect(benjaminiHochberg([0.09, 0.01, 0.02, 0.5], rate: 0.1) == [false, true, true, false])
        #expect(benjaminiHochberg([], rate: 0.1) == [])
    }

    @Test(arguments: [
        (0.0001, -3.71901648546), (0.02425, -1.97296105131), (0.025, -1.95996398454), (0.5, 0),
        (0.7, 0.524400512708), (0.9, 1.28155156554), (0.975, 1.95996398454), (0.9999, 3.71901648546),
    ])
    func `the normal quantile is exact`(p: Double, expected: Double) throws {
        #expect((try normalQuantile(p) - expected).magnitude < 1e-11)
    }

    @Test func `quantiles and trials agree with the original`() throws {
        for entry in try MemoryVectors.gateList("normalQuantile") where entry["y"]?.doubleValue != nil {
            #expect(agree(try normalQuantile(entry.double("p")), try entry.double("y"), to: 5e-9))
        }
        for (effect, spread, trials) in [(0.05, 0.2, 145), (0.3, 0.1, 2), (0.1, 0.2, 37), (0.1, 0.1, 10)] {
            #expect(try requiredTrials(effect: effect, spread: spread) == trials)
        }
        #expect(try requiredTrials(effect: 0.1, spread: 0.2, confidence: 0.95, power: 0.9) == 69)
        #expect(throws: StoreError.self) { try normalQuantile(1) }
        #expect(throws: StoreError.self) { try requiredTrials(effect: 0, spread: 1) }
    }

    @Test func `the generator agrees with the original`() throws {
        for entry in try MemoryVectors.gateList("prng") {
            var uniform = try Mulberry32(seed: entry.integer("seed"))
            for value in try entry.list("uniform") { #expect(uniform.next() == value.doubleValue) }
            var normal = try Mulberry32(seed: entry.integer("seed"))
            for value in try entry.list("gaussian") {
                #expect(agree(normal.gaussian(), value.doubleValue, to: 1e-12))
            }
        }
        var last = Mulberry32(seed: -1)
        #expect(last.next() == 0.8964226141106337)
    }

    @Test func `cosines are those of the contract`() {
        #expect(cosineSimilarity([1.0, 0, 0], [0.99, 0.1, 0]) == 0.9949371890224981)
        #expect(cosineSimilarity([1.0, 2, 3], [4, 5, 6]) == 0.9746318461970762)
        #expect(cosineSimilarity([1.0, 0], [-1, 0]) == -1)
        #expect(cosineSimilarity([1.0], [1, 0]) == 0)
        #expect(cosineSimilarity([0.0, 0], [1, 0]) == 0)
    }
}
