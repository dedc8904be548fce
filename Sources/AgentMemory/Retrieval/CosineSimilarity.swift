/// The cosine of the angle between two vectors; 0 if their lengths differ, they are empty, or one is all zeros.
public func cosineSimilarity(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return 0 }
    var (product, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
    for index in left.indices {
        product += left[index] * right[index]
        leftSquares += left[index] * left[index]
        rightSquares += right[index] * right[index]
    }
    guard leftSquares > 0, rightSquares > 0 else { return 0 }
    return product / (leftSquares.squareRoot() * rightSquares.squareRoot())
}

/// The cosine of the angle between two stored vectors, summed in double precision.
public func cosineSimilarity(_ left: [Float], _ right: [Float]) -> Double {
    cosineSimilarity(left.map(Double.init), right.map(Double.init))
}
