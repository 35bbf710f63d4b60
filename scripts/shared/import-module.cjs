/** `import()` for the bundled program: code that V8 kept of an earlier run cannot do that itself (Node 20: ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING). */
exports.importModule = (specifier) => import(specifier);
