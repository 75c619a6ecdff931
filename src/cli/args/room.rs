//! The arguments of `remote` and `follow`.

use clap::{Args, Subcommand};

/// What the help of `remote` ends with.
pub(super) const MESSAGES: &str = "\
A session listens on a Unix socket of yours, never on a network address; `listen = false` in config.toml turns it off. What is
said there, one line of JSON a message, is in the manual, under \"A room\" (docs/manual/remote.md).

Examples:
  diptych remote go 14 22
  diptych remote open a.md:14 b.md:22
  diptych remote watch | jq --unbuffered '.left.passage'";

/// Which session is meant.
#[derive(Debug, Args)]
pub struct Socket {
    /// The session: its socket, or its number in `remote list`; without it, the one that was begun last
    #[arg(long, value_name = "SOCKET", global = true)]
    pub socket: Option<String>,
}

/// Arguments of `follow`.
#[derive(Debug, Args)]
pub struct Follow {
    /// The leader's socket, or its number in `remote list`; without it, the session that presents, else the one that was
    /// begun last
    pub socket: Option<String>,
}

/// Arguments of `remote`.
#[derive(Debug, Args)]
pub struct Remote {
    #[command(flatten)]
    #[allow(missing_docs, reason = "Socket says it")]
    pub socket: Socket,
    /// What the session is to do
    #[command(subcommand)]
    pub command: RemoteCommand,
}

/// The subcommands of `remote`.
#[derive(Debug, Subcommand)]
pub enum RemoteCommand {
    /// List the sessions that listen, the one that was begun last first
    List,
    /// Print what is shown, as a line of JSON
    State {
        /// With the leader's remark at the stop
        #[arg(long)]
        remarks: bool,
    },
    /// Print what is shown, and again whenever that has changed, until the session ends
    Watch {
        /// With the leader's remark at the stop
        #[arg(long)]
        remarks: bool,
    },
    /// Go to places in the texts that are open
    Go {
        /// A passage of the left text, `line:120` for a line of its file, or `-` for none
        left: String,
        /// The same of the right text
        right: Option<String>,
    },
    /// Hold a topic and go to its pair
    Topic {
        /// Its id or its name; without one, the topic that is held is let go
        topic: Option<String>,
    },
    /// Go to a stop of the tour
    Stop {
        /// Which, from 1
        stop: usize,
    },
    /// Take a step of the presentation, else along the trail
    Next,
    /// Take a step back
    Back,
    /// Come back from a digression to the stop
    Return,
    /// Open texts, as when reading: `a.md:14`, or a diptych:// address
    Open {
        /// The text on the left; `-` leaves that side as it is
        left: String,
        /// The text on the right
        right: Option<String>,
    },
    /// Tell the reader something, in one line
    Say {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
    },
}
