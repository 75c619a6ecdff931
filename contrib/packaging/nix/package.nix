{
  lib,
  rustPlatform,
  installShellFiles,
}:

rustPlatform.buildRustPackage {
  pname = "diptych";
  version = "0.1.0";

  src = lib.cleanSource ../../..;
  cargoLock.lockFile = ../../../Cargo.lock;

  nativeBuildInputs = [ installShellFiles ];

  # They want a pseudo-terminal, which the sandbox of the build may not have.
  doCheck = false;

  postInstall = ''
    $out/bin/diptych man --output man
    installManPage man/*.1
    installShellCompletion --cmd diptych \
      --bash <($out/bin/diptych completions bash) \
      --zsh <($out/bin/diptych completions zsh) \
      --fish <($out/bin/diptych completions fish)
    install -Dm644 contrib/desktop/diptych.desktop -t $out/share/applications
  '';

  meta = {
    description = "Terminal reader that lays two texts side by side, hinged by shared topics";
    license = with lib.licenses; [
      mit
      asl20
    ];
    mainProgram = "diptych";
    platforms = lib.platforms.unix;
  };
}
