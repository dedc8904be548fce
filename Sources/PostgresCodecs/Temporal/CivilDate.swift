/// A day of the proleptic Gregorian calendar, year 0 being 1 BC; converts to and from a count of days.
struct CivilDate: Hashable {
    var year: Int
    var month: Int
    var day: Int

    /// Days from 2000-01-01 to 1970-01-01.
    static let epoch = 10_957

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that is `days` after 2000-01-01.
    ///
    /// Years are counted from March, so that the leap day is the last of its year, in cycles of 400 years.
    init(daysSince2000 days: Int) {
        // 0000-03-01 is 730,425 days before 2000-01-01.
        let shifted = days + 730_425
        let cycle = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle =
            (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days after 2000-01-01 this is.
    var daysSince2000: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let cycle = shiftedYear >= 0 ? shiftedYear / 400 : (shiftedYear - 399) / 400
        let yearOfCycle = shiftedYear - cycle * 400
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return cycle * 146_097 + dayOfCycle - 730_425
    }

    /// Whether month and day exist.
    var isValid: Bool {
        guard 1...12 ~= month, day >= 1 else { return false }
        return CivilDate(daysSince2000: daysSince2000) == self
    }

    /// `2024-02-29`; years before 1 have `BC` at the end of the whole text, which the caller appends.
    var text: String {
        let shown = isBeforeChrist ? 1 - year : year
        return "\(Self.padded(shown, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    var isBeforeChrist: Bool { year <= 0 }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
