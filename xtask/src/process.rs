//! Other programs: run them, wait no longer than agreed, and turn what can go wrong into a sentence.
//! What a program prints goes straight through, unless the caller asks for it.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use wait_timeout::ChildExt as _;

/// Runs to the end, its output going straight through.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// As [`run`], but ended when it takes longer than `limit`.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let status = wait_within(&mut child, command, limit)?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Waits for a program that was started, and ends it when it takes longer than `limit`.
fn wait_within(child: &mut Child, command: &Command, limit: Duration) -> Result<ExitStatus> {
    if let Some(status) = child.wait_timeout(limit)? {
        return Ok(status);
    }
    child.kill()?;
    child.wait()?;
    bail!(
        "`{}` took longer than {} s and was ended",
        line(command),
        limit.as_secs()
    );
}

/// What a program answered: whether it succeeded, and all that it printed.
pub struct Answer {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

/// Asks a program something. For answers of a few lines: one that fills its pipe is ended at `limit`.
pub fn ask_within(command: &mut Command, limit: Duration) -> Result<Answer> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let status = wait_within(&mut child, command, limit)?;
    Ok(Answer {
        success: status.success(),
        stdout: read_all(child.stdout.take())?,
        stderr: read_all(child.stderr.take())?,
    })
}

/// The first line that a program prints, where it exists and succeeds.
pub fn first_line(command: &mut Command) -> Option<String> {
    let answer = ask_within(command, Duration::from_secs(20)).ok()?;
    let line = answer
        .stdout
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    (answer.success && !line.is_empty()).then_some(line)
}

/// Where a program lies on PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("`{program}` was not found: install it, or put it on PATH.")
    } else {
        anyhow!("`{program}` could not be started: {error}")
    }
}

fn read_all(pipe: Option<impl Read>) -> Result<String> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        pipe.read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = run(&mut Command::new("no-such-program-as-this"))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("`no-such-program-as-this` was not found"),
            "{error}"
        );
    }

    #[test]
    fn a_failing_program_is_told_with_its_arguments() {
        let error = run(Command::new("cargo")
            .arg("no-such-verb")
            .stderr(Stdio::null()))
        .unwrap_err()
        .to_string();
        assert!(error.contains("`cargo no-such-verb` failed"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended_at_its_limit() {
        let begun = std::time::Instant::now();
        let error = run_within(Command::new("sleep").arg("30"), Duration::from_millis(50))
            .unwrap_err()
            .to_string();
        assert!(error.contains("took longer"), "{error}");
        let asked = ask_within(Command::new("sleep").arg("30"), Duration::from_millis(50));
        assert!(asked.is_err());
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}
