//! What the documents' example places are on the tests' cluster. Nothing else in a command is changed.

/// The places there are.
#[derive(Debug, Clone)]
pub struct Places {
    /// Registry, as host and port.
    pub registry: String,
    /// Digest of the runtime's image.
    pub image: String,
    /// Host of the database servers.
    pub database_host: String,
    /// Port of the server.
    pub database_port: u16,
    /// Port of the server that a dump is restored into.
    pub new_port: u16,
    /// Name and password of the servers' administrator, as in a URL.
    pub administrator: String,
    /// URL of the app's Service.
    pub app_url: String,
    /// Folder for what is kept outside of the checkout.
    pub folder: String,
    /// The line that names the mode.
    pub mode: &'static str,
}

/// A text of the documents, what stands in for it, and why.
#[derive(Debug, Clone)]
pub struct Row {
    /// What the document has.
    pub text: &'static str,
    /// What is run.
    pub instead: String,
    /// Why.
    pub reason: &'static str,
}

impl Places {
    /// The table, in the order in which it is put in.
    pub fn rows(&self) -> Vec<Row> {
        let Self { registry, image, database_host, database_port, new_port, administrator, .. } = self;
        let (app_url, folder) = (&self.app_url, &self.folder);
        let row = |text, instead: String, reason| Row { text, instead, reason };
        vec![
            row("mode: spinkube  ", format!("{}  ", self.mode), "the mode of this run"),
            row("IMAGE=sha256:…", format!("IMAGE={image}"), "the image is built here"),
            row("oci://ghcr.io/", format!("oci://{registry}/"), "charts are in the cluster's registry"),
            row("registry: ghcr.io", format!("registry: {registry}"), "images are in the cluster's registry"),
            row("ghcr.io/todo-assistant/runtime@", format!("{registry}/todo-assistant/runtime@"), "likewise"),
            row("registry.example.com", registry.clone(), "artifacts are in the cluster's registry"),
            row("postgres://postgres@db.", format!("postgres://{administrator}@db."), "the administrator"),
            row("postgres://postgres@new.", format!("postgres://{administrator}@new."), "the administrator"),
            row(
                "PGHOST=db.example.com PGPORT=5432",
                format!("PGHOST={database_host} PGPORT={database_port}"),
                "the server",
            ),
            row(
                "PGHOST=new.example.com PGPORT=5432",
                format!("PGHOST={database_host} PGPORT={new_port}"),
                "another one",
            ),
            row("db.example.com:5432", format!("{database_host}:{database_port}"), "the server"),
            row("new.example.com:5432", format!("{database_host}:{new_port}"), "another one"),
            row(
                "restored.example.com:5432",
                format!("{database_host}:{database_port}"),
                "the restored folder is not started here, tests/recovery does; the server goes on as it is",
            ),
            row("database.host=restored.example.com", format!("database.host={database_host}"), "likewise"),
            row("host: db.example.com", format!("host: {database_host}"), "the server"),
            row("value: db.example.com", format!("value: {database_host}"), "the server"),
            row("port: 5432", format!("port: {database_port}"), "the server's port"),
            row("value: \"5432\"", format!("value: \"{database_port}\""), "the server's port"),
            row("sslmode=verify-full", "sslmode=disable".to_owned(), "the servers have no certificates"),
            row("https://todo.example.com/", format!("{app_url}/"), "there is no gateway before the Service"),
            row(
                "/backups/dumps/todo-20261126T024500Z",
                format!("\"$(ls -d {folder}/kept/dumps/todo-* | head -n 1)\""),
                "the dump that was made",
            ),
            row("/backups/", format!("{folder}/kept/"), "where backups are kept"),
            row(" /archive", format!(" {folder}/archive"), "where the log is kept"),
            row("/var/lib/postgresql/", format!("{folder}/postgresql/"), "where a server is laid out"),
            row(
                "MOMENT=2026-11-26T14:03:00Z",
                "MOMENT=$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)".to_owned(),
                "a moment after the backup",
            ),
            row(
                "--timeout 15m",
                "--timeout 5m".to_owned(),
                "an empty database migrates in seconds; what fails shall fail soon",
            ),
            row(
                "deploy/local/deploy.sh",
                format!("deploy/local/deploy.sh --values {folder}/local.yaml"),
                "an image of PostgreSQL and no volume: nothing can be had from the internet",
            ),
            row(
                "--values values-mine.yaml",
                format!("--values values-mine.yaml --values {folder}/quick.yaml"),
                "pods end and count as available sooner, as in tests/cluster/values.yaml",
            ),
        ]
    }

    /// A command with this cluster's places.
    pub fn put_into(&self, command: &str) -> String {
        self.rows().iter().fold(command.to_owned(), |command, row| command.replace(row.text, &row.instead))
    }
}
