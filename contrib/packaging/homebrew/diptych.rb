class Diptych < Formula
  desc "Terminal reader that lays two texts side by side, hinged by shared topics"
  homepage "https://github.com/OWNER/diptych"
  url "https://github.com/OWNER/diptych/archive/refs/tags/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    system bin/"diptych", "man", "--output", buildpath/"man"
    man1.install Dir["man/*.1"]
    generate_completions_from_executable(bin/"diptych", "completions")
  end

  test do
    (testpath/"a.md").write "# A\n\nThe vote was taken by delegates who can be recalled.\n"
    assert_match "delegates", shell_output("#{bin}/diptych passages a.md")
  end
end
