"""`python -m materials.build`: write the files, the catalogue and the list in docs/ from the sources."""

from pathlib import Path

from materials.build.corpus import catalogue_from, files_from, page_from, sources_in

HERE = Path(__file__).parents[1]


def main() -> None:
    """Build everything; files without a source are removed."""
    sources = sources_in(HERE / "sources")
    wanted = {HERE / "files" / name: content for name, content in files_from(sources).items()}
    for stale in {path for path in (HERE / "files").rglob("*") if path.is_file()} - wanted.keys():
        stale.unlink()
    wanted[HERE / "catalogue.csv"] = catalogue_from(sources)
    wanted[HERE.parent / "docs" / "materials.md"] = page_from(sources)
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(sources)} files, {sum(map(len, wanted.values())) // 1024} KiB")


if __name__ == "__main__":
    main()
