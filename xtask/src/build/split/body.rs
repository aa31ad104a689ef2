//! One function, taken apart.

use wasmparser::{
    BlockType, FrameKind, FuncToValidate, FuncValidatorAllocations, FunctionBody, Operator, OperatorsReader,
    ValType, ValidatorResources,
};

use super::liveness::Liveness;
use crate::failure::{Attempt, Outcome};

/// A construct that has a body of its own, and its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Construct {
    /// What it is.
    pub(super) kind: FrameKind,
    /// What it takes and leaves.
    pub(super) block: BlockType,
}

/// A place between two instructions, and what holds there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// How many constructs are open, the function included.
    pub(super) depth: usize,
    /// Whether the innermost construct has nothing on the stack yet.
    pub(super) is_empty: bool,
    /// Whether the program can come here at all.
    pub(super) is_reachable: bool,
}

/// The instructions of a function, with what holds between them.
#[derive(Debug)]
pub(super) struct Body<'a> {
    /// The types of the parameters and of the local variables.
    pub(super) locals: Vec<ValType>,
    /// The instructions, the last `end` included.
    pub(super) operators: Vec<Operator<'a>>,
    /// What holds before each of them.
    pub(super) places: Vec<Place>,
    /// Where each of them begins, in bytes from the beginning of the module.
    pub(super) offsets: Vec<u64>,
    /// The construct that is innermost before each of them.
    pub(super) inside: Vec<Construct>,
    /// Which local variables are read later.
    pub(super) liveness: Liveness,
}

impl<'a> Body<'a> {
    /// Takes a function apart.
    ///
    /// Fails if it is not valid.
    pub(super) fn read(
        function: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'a>,
        allocations: FuncValidatorAllocations,
    ) -> Outcome<(Self, FuncValidatorAllocations)> {
        let what = "a function of the WebAssembly";
        let mut validator = function.into_validator(allocations);
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader).attempting(what)?;
        let locals: Vec<ValType> =
            (0..validator.len_locals()).filter_map(|local| validator.get_local_type(local)).collect();
        let (mut operators, mut places, mut inside) = (Vec::new(), Vec::new(), Vec::new());
        let mut offsets = Vec::new();
        let mut reader = OperatorsReader::new(reader);
        while !reader.eof() {
            if let Some(frame) = validator.get_control_frame(0) {
                let height = usize::try_from(validator.operand_stack_height()).unwrap_or(0);
                inside.push(Construct { kind: frame.kind, block: frame.block_type });
                places.push(Place {
                    depth: usize::try_from(validator.control_stack_height()).unwrap_or(0),
                    is_empty: height == frame.height,
                    is_reachable: !frame.unreachable,
                });
            }
            let (operator, offset) = reader.read_with_offset().attempting(what)?;
            validator.op(offset, &operator).attempting(what)?;
            operators.push(operator);
            offsets.push(offset);
        }
        let liveness = Liveness::of(&operators, locals.len());
        let body = Self { locals, operators, places, offsets, inside, liveness };
        Ok((body, validator.into_allocations()))
    }
}
