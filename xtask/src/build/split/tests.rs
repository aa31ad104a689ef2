//! A small program, whole and in parts, run by Node.js: both give the same, before and after the other parts are there.

use std::collections::BTreeSet;
use std::process::Command;

use super::*;
use crate::setup::node_program;

/// What the program is, and how Node.js runs it: `run(n)` for several `n`, the parts with a loader as `rest.js` has it.
const RUN: &str = r#"
const { readFileSync } = require("node:fs");
const [whole, first, ...later] = process.argv.slice(1).map((file) => new WebAssembly.Module(readFileSync(file)));
const host = { twice: (n) => 2 * n };
const expected = new WebAssembly.Instance(whole, { host }).exports;
let fetched = 0;
const parts = new WebAssembly.Instance(first, {
  host,
  parts: { need: () => { new WebAssembly.Instance(later[fetched++], { host, first: parts }); } },
}).exports;
const said = [];
for (const n of JSON.parse(process.env.NUMBERS)) {
  said.push(`${n}: ${expected.run(n)} ${parts.run(n)} ${fetched}`);
}
console.log(said.join("\n"));
"#;

/// `run` returns something else for each case: through a late region with each kind of exit, through a late function
/// directly and by the table, and by late data.
fn program() -> Vec<u8> {
    use wasm_encoder::{
        BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
        ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection, Instruction as I,
        MemArg, MemorySection, MemoryType, Module as Encoded, NameMap, NameSection, RefType, TableSection,
        TableType, TypeSection, ValType,
    };
    const I32: ValType = ValType::I32;
    let mut types = TypeSection::new();
    types.ty().function([I32], [I32]);
    let mut imports = ImportSection::new();
    imports.import("host", "twice", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    functions.function(0).function(0).function(0);
    let mut tables = TableSection::new();
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    };
    tables.table(table);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    globals.global(GlobalType { val_type: I32, mutable: true, shared: false }, &ConstExpr::i32_const(5));
    let mut exports = ExportSection::new();
    exports.export("run", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![3].into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(64), 77_i32.to_le_bytes());

    let mut run = Function::new([(3, I32)]);
    let case = |run: &mut Function, number: i32, body: &[I<'_>]| {
        for instruction in [I::LocalGet(0), I::I32Const(number), I::I32Eq, I::If(BlockType::Empty)] {
            run.instruction(&instruction);
        }
        for instruction in body {
            run.instruction(instruction);
        }
        run.instruction(&I::End);
    };
    // Nothing but this is early.
    case(&mut run, 0, &[I::I32Const(10), I::Return]);
    // A region that returns a value.
    let long = vec![[I::LocalGet(0), I::I32Const(1000), I::I32Mul, I::LocalSet(1)]; 8].concat();
    case(&mut run, 1, &[&long[..], &[I::LocalGet(1), I::Return]].concat());
    // A region that changes variables and goes on behind itself.
    case(&mut run, 2, &[&long[..], &[I::I32Const(3), I::LocalSet(2)]].concat());
    // A region that may leave by a branch, in the middle.
    run.instruction(&I::Block(BlockType::Empty));
    let leave = [I::LocalGet(1), I::I32Const(2000), I::I32GtU, I::BrIf(1), I::I32Const(4), I::LocalSet(2)];
    case(&mut run, 3, &[&long[..], &leave[..]].concat());
    run.instruction(&I::End);
    // A late function, directly.
    case(&mut run, 4, &[&long[..], &[I::LocalGet(0), I::Call(2), I::Return]].concat());
    // The same kind by the table, from early code.
    case(
        &mut run,
        5,
        &[I::LocalGet(0), I::I32Const(1), I::CallIndirect { type_index: 0, table_index: 0 }, I::Return],
    );
    // A region in a loop, with a variable that nothing else uses.
    run.instruction(&I::Loop(BlockType::Empty));
    let count =
        [I::LocalGet(3), I::I32Const(1), I::I32Add, I::LocalTee(3), I::I32Const(5), I::I32LtU, I::BrIf(1)];
    case(&mut run, 6, &[&long[..], &count[..], &[I::LocalGet(3), I::LocalSet(2)]].concat());
    run.instruction(&I::End);
    for instruction in [I::LocalGet(1), I::LocalGet(2), I::I32Add, I::GlobalGet(0), I::I32Add, I::End] {
        run.instruction(&instruction);
    }
    let mut direct = Function::new([]);
    let word = MemArg { offset: 0, align: 2, target: Default::default(), ordering: None };
    for instruction in [I::I32Const(64), I::I32Load(word), I::LocalGet(0), I::Call(0), I::I32Add, I::End] {
        direct.instruction(&instruction);
    }
    let mut by_table = Function::new([]);
    for instruction in
        [I::GlobalGet(0), I::I32Const(1), I::I32Add, I::GlobalSet(0), I::LocalGet(0), I::Call(2), I::End]
    {
        by_table.instruction(&instruction);
    }
    let mut code = CodeSection::new();
    code.function(&run).function(&direct).function(&by_table);
    let mut names = NameMap::new();
    for (number, name) in [(1, "onedrive_picker::ui::run"), (2, "direct"), (3, "core::by_table")] {
        names.append(number, name);
    }
    let mut section = NameSection::new();
    section.functions(&names);
    let mut module = Encoded::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals);
    module.section(&exports).section(&elements).section(&code).section(&data).section(&section);
    module.finish()
}

/// What `run` comes to for each number, whole, in parts, and how many parts were fetched by then.
fn runs(name: &str, late: &Late, numbers: &str) -> String {
    let layout = Layout::one(64..68);
    let whole = program();
    let Parts { first, later } = split(&whole, late, &layout).unwrap();
    let folder = std::env::temp_dir().join(format!("onedrive-picker-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let files = [("whole", whole), ("first", first)].into_iter().chain(later).map(|(name, bytes)| {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    });
    let output = Command::new(node_program())
        .args(["-e", RUN, "--"])
        .args(files)
        .env("NUMBERS", numbers)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Of `run` the cases 0 and 5 were reached, and what lies between the cases, and later case 2; of the other functions nothing.
fn reached() -> Late {
    let first = BTreeSet::from([0, 1, 2, 4, 6, 7, 10, 11, 13, 14, 15, 16, 19, 20]);
    let around = first.iter().copied().chain([5]).collect();
    measured(&program(), &Reached { first, around }).unwrap()
}

#[test]
fn parts_do_what_the_whole_does() {
    let late = reached();
    assert_eq!(late.text().lines().count(), 7, "{}", late.text());
    assert_eq!(late.text().matches('+').count(), 1, "{}", late.text());
    let said = runs("parts", &late, "[0,1,2,3,4,5,6,9,3,0]");
    for line in said.lines() {
        let [_, expected, parts, _] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert_eq!(expected, parts, "{said}");
    }
    assert!(said.starts_with("0: 10 10 0\n1: 1000 1000 3\n"), "{said}");
    assert!(said.trim_end().ends_with(" 3"), "each part is fetched once: {said}");
}

#[test]
fn a_list_of_nothing_leaves_the_whole_program_in_the_first_part() {
    let said = runs("whole", &Late::default(), "[0,1,2,3,4,5,6]");
    assert!(said.lines().all(|line| line.ends_with(" 0")), "{said}");
}

#[test]
fn the_list_survives_being_written() {
    let reached = Reached { first: BTreeSet::from([0]), around: BTreeSet::from([0, 1, 2]) };
    let late = measured(&program(), &reached).unwrap();
    assert_eq!(Late::read(&late.text()).unwrap().text(), late.text());
    assert!(Late::read("not a key").is_err());
}
