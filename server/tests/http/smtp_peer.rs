//! A mail server that takes every letter and remembers what was said.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::provider::wait_until;

pub struct SmtpPeer {
    pub url: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl SmtpPeer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let taken: Arc<Mutex<Vec<String>>> = Arc::default();
        let peer = Self { url, taken: Arc::clone(&taken) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let taken = Arc::clone(&taken);
                tokio::spawn(async move {
                    let letter = take(stream).await;
                    taken.lock().unwrap().push(letter);
                });
            }
        });
        peer
    }

    /// All that was said about each letter, once there are this many.
    pub async fn wait_for(&self, letters: usize) -> Vec<String> {
        wait_until(|| self.taken.lock().unwrap().len() >= letters).await;
        self.taken.lock().unwrap().clone()
    }
}

/// Listens up to the end of one letter.
async fn take(stream: TcpStream) -> String {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let (mut said, mut in_letter) = (String::new(), false);
    write.write_all(b"220 story\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        said.push_str(&line);
        said.push('\n');
        let reply: &[u8] = match line.as_str() {
            "." if in_letter => {
                write.write_all(b"250 taken\r\n").await.unwrap();
                break;
            }
            _ if in_letter => continue,
            "DATA" => {
                in_letter = true;
                b"354 go on\r\n"
            }
            _ => b"250 fine\r\n",
        };
        write.write_all(reply).await.unwrap();
    }
    said
}
