using System.Reflection;
using System.Reflection.Emit;

namespace Aval.Tests.Tidy;

/// <param name="Literal">The text that it loads.</param>
/// <param name="IsAimed">Whether a branch leads here.</param>
/// <param name="Number">The whole number that it loads.</param>
/// <param name="Called">What it calls or makes.</param>
sealed record Instruction(string? Literal, int? Number, MethodBase? Called, bool IsAimed);

/// <summary>What a compiled method does, step by step.</summary>
static class Instructions
{
    static readonly Dictionary<short, OpCode> Operations = typeof(OpCodes).GetFields().Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(known => known.Value);

    public static IEnumerable<Instruction> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        var steps = Steps(code).ToList();
        var aims = steps.Select(step => AimOf(step.Operation, code, step.At)).OfType<int>().ToHashSet();
        foreach (var (begins, operation, at) in steps)
            yield return new(
                operation == OpCodes.Ldstr ? method.Module.ResolveString(BitConverter.ToInt32(code, at)) : null, NumberOf(operation, code, at),
                operation.OperandType == OperandType.InlineMethod ? Called(method, BitConverter.ToInt32(code, at)) : null, aims.Contains(begins));
    }

    static IEnumerable<(int Begins, OpCode Operation, int At)> Steps(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var (begins, operation) = (at, Operations[code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at]]);
            at += operation.Size;
            yield return (begins, operation, at);
            at += SizeOf(operation, code, at);
        }
    }

    static int? AimOf(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.ShortInlineBrTarget => at + 1 + unchecked((sbyte)code[at]),
        OperandType.InlineBrTarget => at + 4 + BitConverter.ToInt32(code, at),
        _ => null,
    };

    static int? NumberOf(OpCode operation, byte[] code, int at) =>
        operation == OpCodes.Ldc_I4 ? BitConverter.ToInt32(code, at)
        : operation == OpCodes.Ldc_I4_S ? unchecked((sbyte)code[at])
        : operation.Value >= OpCodes.Ldc_I4_0.Value && operation.Value <= OpCodes.Ldc_I4_8.Value ? operation.Value - OpCodes.Ldc_I4_0.Value
        : null;

    static MethodBase? Called(MethodBase method, int token) => method.Module.ResolveMethod(
        token, method.DeclaringType!.GetGenericArguments(), method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null);

    static int SizeOf(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
