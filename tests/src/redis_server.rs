//! The real `redis-server`, in a folder of its own.

use std::fs;
use std::io::{self, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long it may take to start: a limit against hanging, not a measure.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often another port is tried, if somebody was faster.
const PORTS: usize = 20;

/// A `redis-server` on 127.0.0.1 and a free port, which writes each change to disk before it answers
/// (AOF, `appendfsync always`). It ends, and its folder goes, when this is dropped.
#[derive(Debug)]
pub struct RedisServer {
    program: PathBuf,
    folder: PathBuf,
    port: u16,
    options: Vec<String>,
    process: Option<Child>,
}

impl RedisServer {
    /// Starts one, or says that the test of that name is skipped: where there is none on the PATH.
    /// With `ZENDESK_OAUTH_REQUIRE_REDIS` set it fails instead.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start(test: &str) -> Option<Self> {
        Self::start_with(test, &[])
    }

    /// The same with further options, such as `["--requirepass", "secret"]`.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start_with(test: &str, options: &[&str]) -> Option<Self> {
        let Some(program) = found("redis-server") else {
            let required = std::env::var_os("ZENDESK_OAUTH_REQUIRE_REDIS").is_some();
            assert!(!required, "no redis-server on the PATH");
            // Straight to the stream: what print macros write is shown of failed tests only.
            let _ = writeln!(
                io::stderr(),
                "skipped {test}: no redis-server on the PATH (apt-get install redis-server)"
            );
            return None;
        };
        let mut server = Self {
            program,
            folder: folder(),
            port: 0,
            options: options.iter().map(|&option| option.to_owned()).collect(),
            process: None,
        };
        for _ in 0..PORTS {
            server.port = free_port();
            match server.run() {
                Ok(()) => return Some(server),
                Err(log) if log.contains("Address already in use") => {}
                Err(log) => panic!("redis-server ended: {log}"),
            }
        }
        panic!("each port was taken by somebody else");
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// `redis://127.0.0.1:PORT/0`.
    pub fn url(&self) -> String {
        format!("redis://{}/0", self.address())
    }

    /// Sends a command and returns the answer as it came, without its last line end.
    ///
    /// # Panics
    ///
    /// If it does not answer.
    pub fn ask(&self, command: &[&str]) -> String {
        ask(self.address(), command).expect("redis-server answers")
    }

    /// Kills it, as a crash does. Connections to it are refused from now on.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // A stopped process is killed too.
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Kills it if it runs, and starts it on the same port with what it had written.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn restart(&mut self) {
        self.stop();
        self.run()
            .unwrap_or_else(|log| panic!("redis-server did not start again: {log}"));
    }

    /// The same, with nothing that it had.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn restart_empty(&mut self) {
        self.stop();
        fs::remove_dir_all(&self.folder).expect("its folder can be removed");
        fs::create_dir(&self.folder).expect("its folder can be made");
        self.restart();
    }

    /// Stops it in the middle of what it does (SIGSTOP): it takes connections, and answers none.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on (SIGCONT).
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let process = self.process.as_ref().expect("it runs");
        let sent = Command::new("kill")
            .args([signal, &process.id().to_string()])
            .status()
            .expect("there is a program kill");
        assert!(sent.success(), "kill {signal}: {sent}");
    }

    /// Runs it until it answers; otherwise what it wrote.
    fn run(&mut self) -> Result<(), String> {
        let process = Command::new(&self.program)
            .current_dir(&self.folder)
            .args(["--bind", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--appendonly", "yes", "--appendfsync", "always"])
            .args(["--save", "", "--daemonize", "no", "--logfile", "log"])
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("redis-server can be run");
        let address = self.address();
        let process = self.process.insert(process);
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Ok(Some(_)) = process.try_wait() {
                self.process = None;
                return Err(self.log());
            }
            // With a password it answers NOAUTH, and it is there too.
            let answer = ask(address, &["PING"]).unwrap_or_default();
            if answer == "+PONG" || answer.starts_with("-NOAUTH") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(format!(
            "it did not answer within {PATIENCE:?}: {}",
            self.log()
        ))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// One command on a connection of its own.
fn ask(address: SocketAddr, command: &[&str]) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut sent = format!("*{}\r\n", command.len());
    for word in command {
        sent.push_str(&format!("${}\r\n{word}\r\n", word.len()));
    }
    stream.write_all(sent.as_bytes())?;
    let mut answer = Vec::new();
    read_answer(&mut BufReader::new(stream), &mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    Ok(text.trim_end_matches("\r\n").to_owned())
}

/// One value of RESP2, with those within it.
fn read_answer(stream: &mut impl io::BufRead, answer: &mut Vec<u8>) -> io::Result<()> {
    let begin = answer.len();
    stream.read_until(b'\n', answer)?;
    let line = String::from_utf8_lossy(&answer[begin..]).into_owned();
    let length = || line.get(1..).and_then(|it| it.trim_end().parse().ok());
    match line.as_bytes().first() {
        Some(b'$') => {
            let text = length().map_or(0, |length: i64| u64::try_from(length + 2).unwrap_or(0));
            stream
                .take(if text == 1 { 0 } else { text })
                .read_to_end(answer)?;
        }
        Some(b'*') => {
            for _ in 0..length().unwrap_or(0_i64) {
                read_answer(stream, answer)?;
            }
        }
        Some(_) => {}
        None => return Err(io::ErrorKind::UnexpectedEof.into()),
    }
    Ok(())
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    let address = listener.local_addr();
    address.expect("a bound socket has an address").port()
}

/// A new folder in that of the system for temporary ones.
fn folder() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("zendesk-oauth-redis-{}-{count}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        match fs::create_dir(&folder) {
            Ok(()) => return folder,
            // Of a process that was killed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => panic!("{}: {error}", folder.display()),
        }
    }
}

/// A program on the PATH.
fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder: PathBuf| folder.join(program));
    places.find(|place: &PathBuf| Path::is_file(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_and_keeps_what_it_had_when_it_is_restarted() {
        let test = "it_answers_and_keeps_what_it_had_when_it_is_restarted";
        let Some(mut server) = RedisServer::start(test) else {
            return;
        };
        assert_eq!(server.ask(&["SET", "a key", "a\r\nvalue"]), "+OK");
        let address = server.address();
        server.restart();
        assert_eq!(server.address(), address);
        assert_eq!(server.ask(&["GET", "a key"]), "$8\r\na\r\nvalue");
        assert_eq!(server.ask(&["GET", "none"]), "$-1");
        let several = server.ask(&["MGET", "a key", "none"]);
        assert_eq!(several, "*2\r\n$8\r\na\r\nvalue\r\n$-1");
        server.restart_empty();
        assert_eq!(server.ask(&["GET", "a key"]), "$-1");
    }

    #[test]
    fn it_answers_nothing_while_it_is_paused_and_nobody_is_there_when_it_is_stopped() {
        let test = "it_answers_nothing_while_it_is_paused_and_nobody_is_there_when_it_is_stopped";
        let Some(mut server) = RedisServer::start(test) else {
            return;
        };
        server.pause();
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(b"PING\r\n").unwrap();
        stream
            .set_read_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        let unanswered = stream.read(&mut [0]).unwrap_err();
        assert!(matches!(
            unanswered.kind(),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
        ));
        server.resume();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut answer = [0; 7];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"+PONG\r\n");
        let folder = server.folder.clone();
        server.pause();
        server.stop();
        assert!(TcpStream::connect(server.address()).is_err());
        drop(server);
        assert!(!folder.exists());
    }

    #[test]
    fn options_are_passed_on() {
        let options = ["--requirepass", "CANARY-password"];
        let Some(server) = RedisServer::start_with("options_are_passed_on", &options) else {
            return;
        };
        assert!(server.ask(&["GET", "a"]).starts_with("-NOAUTH"));
    }
}
