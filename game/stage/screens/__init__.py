"""The screens of the stage, each one module: what can be seen and done there, as a tree."""
