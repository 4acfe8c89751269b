//! Numbers as a sentence has them.

/// `16384` as "16,384".
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// "1 file", "2 files".
pub fn some(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// "300 bytes", "64 MB", "1.5 GB", where a kilobyte is 1,024 bytes.
pub fn bytes(number: u64) -> String {
    let units = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    let Some((unit, name)) = units.into_iter().find(|(unit, _)| number >= *unit) else {
        return some(number, "byte", "bytes");
    };
    // Truncated, so that what is just above a limit does not read as more than it is.
    match (number / unit, number % unit * 10 / unit) {
        (whole @ 0..100, tenth @ 1..) => format!("{whole}.{tenth} {name}"),
        (whole, _) => format!("{} {name}", count(whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (16_384, "16,384"),
            (123_456, "123,456"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(count(number), words);
        }
        assert_eq!(some(1, "file", "files"), "1 file");
        assert_eq!(some(2000, "file", "files"), "2,000 files");
    }

    #[test]
    fn sizes_have_the_largest_unit_that_they_fill() {
        for (number, words) in [
            (1, "1 byte"),
            (300, "300 bytes"),
            (1024, "1 kB"),
            (1536, "1.5 kB"),
            (64 << 20, "64 MB"),
            ((64 << 20) + 1, "64 MB"),
            (250 << 20, "250 MB"),
            (3 << 29, "1.5 GB"),
            (u64::MAX, "17,179,869,183 GB"),
        ] {
            assert_eq!(bytes(number), words);
        }
    }
}
