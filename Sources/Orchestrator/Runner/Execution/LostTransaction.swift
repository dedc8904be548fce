import StoreContracts

/// The transaction of a step was lost while its handler ran; the step begins anew in another one.
struct LostTransaction: Error {
    let failure: StoreError
}
