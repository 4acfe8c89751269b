//! Our own types as JSON text and back, always by way of [`Value`]: what each type reads and writes is then compiled
//! once, where a parser of texts, one of bytes and one of JavaScript's objects would each have a copy, in a module that
//! visitors download.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Error, Value};

/// A `T` from its text.
///
/// # Errors
/// When `text` is not JSON, or not of a `T`.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    serde_json::from_value(serde_json::from_slice(text)?)
}

/// The text of `what`.
///
/// # Errors
/// When something in `what` has no form in JSON, such as a map whose keys are not texts.
pub fn write(what: &impl Serialize) -> Result<String, Error> {
    let value: Value = serde_json::to_value(what)?;
    serde_json::to_string(&value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_to_the_last_bit() {
        let numbers = (u64::MAX, i64::MIN, 0.1f32, f64::MIN_POSITIVE, 1.0f64 / 3.0);
        let text = write(&numbers).unwrap();
        assert_eq!(
            read::<(u64, i64, f32, f64, f64)>(text.as_bytes()).unwrap(),
            numbers
        );
    }

    #[test]
    fn what_is_not_json_is_refused() {
        assert!(read::<u8>(b"{").is_err());
        assert!(read::<u8>(b"\"one\"").is_err());
    }
}
