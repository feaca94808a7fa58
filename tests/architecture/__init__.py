"""Rules about the code itself, checked by machine: layers, sizes, docstrings, walls, migrations, documents."""
