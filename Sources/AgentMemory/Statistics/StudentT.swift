public import StoreContracts

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The natural logarithm of the gamma function, for x > 0; absolute error below 1e-13 up to 1,000.
///
/// Source: NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling's series) and 5.5.1 (recurrence).
public func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return .nan }
    if x == 1 || x == 2 { return 0 }
    var product = 1.0
    var shifted = x
    while shifted < 15 {
        product *= shifted
        shifted += 1
    }
    return (shifted - 0.5) * log(shifted) - shifted + 0.5 * log(2 * .pi) + stirlingSeries(shifted)
        - log(product)
}

/// What Stirling's formula leaves out, for x of at least 15.
private func stirlingSeries(_ x: Double) -> Double {
    let square = 1 / (x * x)
    return (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))))
        / x
}

/// The logarithm of Γ(a + b) / Γ(a), without the loss of digits that the difference of two great logarithms has.
private func logGammaRatio(_ a: Double, _ b: Double) -> Double {
    guard a >= 15 else { return logGamma(a + b) - logGamma(a) }
    return (a - 0.5) * log1p(b / a) + b * log(a + b) - b + stirlingSeries(a + b) - stirlingSeries(a)
}

/// The regularised incomplete beta function I_x(a, b), for a, b > 0; 0 below x = 0 and 1 above x = 1.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.17.22; modified Lentz evaluation.
public func regularizedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let ratio = a >= b ? logGammaRatio(a, b) - logGamma(b) : logGammaRatio(b, a) - logGamma(a)
    let front = exp(ratio + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2) { return front * betaFraction(a, b, x) / a }
    return 1 - front * betaFraction(b, a, 1 - x) / b
}

/// The probability that a Student t variable with `degrees` degrees of freedom is at most `t`.
///
/// Exactly 0.5 at 0; infinities give 0 and 1. The absolute error is below 1e-10.
///
/// - Throws: `invalidArgument` if `t` is NaN or `degrees` is not positive.
public func studentTCdf(_ t: Double, degrees: Double) throws(StoreError) -> Double {
    guard !t.isNaN else { throw StoreError(.invalidArgument(name: "t"), cause: "it is not a number") }
    guard degrees > 0 else {
        throw StoreError(.invalidArgument(name: "degrees"), cause: "it is not positive")
    }
    if t == 0 { return 0.5 }
    if t.isInfinite { return t > 0 ? 1 : 0 }
    let tail = 0.5 * regularizedIncompleteBeta(degrees / (degrees + t * t), a: degrees / 2, b: 0.5)
    return t > 0 ? 1 - tail : tail
}

/// The continued fraction of the incomplete beta function.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    func kept(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for round in 1...1000 {
        let m = Double(round)
        let even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
        d = 1 / kept(1 + even * d)
        c = kept(1 + even / c)
        result *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
        d = 1 / kept(1 + odd * d)
        c = kept(1 + odd / c)
        let change = d * c
        result *= change
        if (change - 1).magnitude < 1e-15 { break }
    }
    return result
}
