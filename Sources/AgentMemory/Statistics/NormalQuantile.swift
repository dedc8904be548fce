public import StoreContracts

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The value that a standard normal variable stays below with probability `p`.
///
/// A rational start of about 1e-9 is refined once by Halley's method; the absolute error is below 1e-12.
///
/// Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function".
///
/// - Throws: `invalidArgument` unless 0 < p < 1.
public func normalQuantile(_ p: Double) throws(StoreError) -> Double {
    guard p > 0, p < 1 else {
        throw StoreError(.invalidArgument(name: "p"), cause: "it does not lie between 0 and 1")
    }
    if p == 0.5 { return 0 }
    if p > 0.5 { return -(lowerQuantile(1 - p)) }
    return lowerQuantile(p)
}

/// How many runs each group needs to find an effect of this size in scores of this spread.
///
/// - Parameters:
///   - effect: The true difference of the means.
///   - spread: The standard deviation of the scores.
///   - confidence: How sure a verdict must be.
///   - power: How probable a verdict shall be.
/// - Returns: The number of runs, rounded up.
/// - Throws: `invalidArgument` for an effect or spread that is not positive, or a probability outside of 0 and 1.
public func requiredTrials(
    effect: Double, spread: Double, confidence: Double = 0.9, power: Double = 0.8
) throws(StoreError) -> Int {
    guard effect > 0 else { throw StoreError(.invalidArgument(name: "effect"), cause: "it is not positive") }
    guard spread > 0 else { throw StoreError(.invalidArgument(name: "spread"), cause: "it is not positive") }
    let distance = try normalQuantile(confidence) + normalQuantile(power)
    let ratio = distance * spread / effect
    guard let trials = Int(exactly: (2 * ratio * ratio).rounded(.up)) else {
        throw StoreError(.invalidArgument(name: "effect"), cause: "the number of trials is beyond measure")
    }
    return trials
}

/// The quantile of p < 0.5.
private func lowerQuantile(_ p: Double) -> Double {
    let x = start(p)
    let error = 0.5 * erfc(-x / 2.0.squareRoot()) - p
    let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
    guard step.isFinite else { return x }
    return x - step / (1 + x * step / 2)
}

private func start(_ p: Double) -> Double {
    if p < 0.02425 {
        let q = (-2 * log(p)).squareRoot()
        return polynomial(
            q,
            [
                -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734,
                4.374664141464968, 2.938163982698783,
            ])
            / polynomial(
                q, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1])
    }
    let q = p - 0.5
    let r = q * q
    return q
        * polynomial(
            r,
            [
                -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
                -3.066479806614716e+01, 2.506628277459239,
            ])
        / polynomial(
            r,
            [
                -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                -1.328068155288572e+01, 1,
            ])
}

private func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
}
