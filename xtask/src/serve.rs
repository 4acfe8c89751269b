//! `cargo xtask serve`: sets up all that the page needs, builds it and serves it on this machine until it is stopped.
//! Vite does the serving; this waits until the page answers, and must not leave Vite behind.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::node::Node;
use crate::wasm::{self, Module, Profile};

#[derive(clap::Args)]
pub struct Arguments {
    /// Serve at this port, or at the next free one above it
    #[arg(long, default_value_t = 5173)]
    port: u16,
    /// Serve the modules that visitors get, which take many minutes to build
    #[arg(long)]
    release: bool,
}

/// How many ports are tried before giving up.
const PORTS: u16 = 20;
const START_LIMIT: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(100);

pub fn serve(arguments: &Arguments) -> Result<()> {
    let node = Node::ready()?;
    wasm::build_modules(&Module::ALL, Profile::chosen(arguments.release), &node)?;

    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&stopped);
    ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed))
        .context("Stopping by Ctrl-C cannot be set up")?;

    let port = free_port(arguments.port)?;
    let mut vite = node
        .tool("vite")?
        .args([
            "--host",
            "127.0.0.1",
            "--port",
            &port.to_string(),
            "--strictPort",
            "--logLevel",
            "warn",
        ])
        .spawn()
        .context("Vite could not be started")?;
    let served = attend(&mut vite, port, &stopped);
    // Both fail only if Vite has ended already, and then there is nothing left to end.
    let _ = vite.kill();
    let _ = vite.wait();
    served
}

/// Announces the page once it answers, then stays until a person stops it or Vite ends.
fn attend(vite: &mut Child, port: u16, stopped: &AtomicBool) -> Result<()> {
    let begun = Instant::now();
    let mut announced = false;
    while !stopped.load(Ordering::Relaxed) {
        if let Some(status) = vite.try_wait()? {
            if stopped.load(Ordering::Relaxed) {
                break;
            }
            bail!("Vite has ended by itself ({status}); what it said is above.");
        }
        if !announced {
            if answers(port) {
                println!("The playground is at http://localhost:{port}/");
                announced = true;
            } else if begun.elapsed() > START_LIMIT {
                bail!(
                    "Vite runs, but does not serve the page after {} s.",
                    START_LIMIT.as_secs()
                );
            }
        }
        std::thread::sleep(TICK);
    }
    Ok(())
}

/// The first free port from `wanted` upwards.
fn free_port(wanted: u16) -> Result<u16> {
    for port in (wanted..=u16::MAX).take(PORTS.into()) {
        if is_free(port) {
            return Ok(port);
        }
        println!("Port {port} is taken; trying the next");
    }
    bail!("Of the {PORTS} ports from {wanted} none is free: choose others with --port.")
}

/// Whether nobody listens: a browser takes "localhost" for either address. A machine without IPv6 has none to take.
fn is_free(port: u16) -> bool {
    let taken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::AddrInUse;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
        && !TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_err_and(|error| taken(&error))
}

/// Whether the page itself is served. A refusal means that Vite has not come so far.
fn answers(port: u16) -> bool {
    page_status(port).is_ok_and(|status| status.starts_with("HTTP/1.1 200"))
}

fn page_status(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    )?;
    let mut start = [0; 12];
    stream.read_exact(&mut start)?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let taken = listener.local_addr().unwrap().port();
        assert!(!is_free(taken));
        assert!(free_port(taken).unwrap() > taken);
    }

    #[test]
    fn only_a_page_that_is_there_counts_as_an_answer() {
        for (reply, expected) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.1 404 Not Found\r\n\r\n", false),
        ] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let port = listener.local_addr().unwrap().port();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                // The whole request, or closing would reset the connection under the reply.
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).unwrap();
                    request.extend(byte);
                }
                stream.write_all(reply.as_bytes()).unwrap();
            });
            assert_eq!(answers(port), expected, "{reply}");
            server.join().unwrap();
            assert!(!answers(port));
        }
    }
}
