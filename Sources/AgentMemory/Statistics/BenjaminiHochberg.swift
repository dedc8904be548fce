/// Tells which hypotheses are rejected at a false discovery rate of `rate`, in the order of `pValues`.
///
/// All up to the greatest rank r whose p is at most r / count · rate are rejected, the earlier ranks included.
///
/// Source: Benjamini and Hochberg, "Controlling the False Discovery Rate", 1995, procedure (1).
public func benjaminiHochberg(_ pValues: [Double], rate: Double) -> [Bool] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var rejected = 0
    for (index, place) in order.enumerated()
    where pValues[place] <= Double(index + 1) / Double(pValues.count) * rate {
        rejected = index + 1
    }
    var mask = [Bool](repeating: false, count: pValues.count)
    for place in order.prefix(rejected) { mask[place] = true }
    return mask
}
