using System.Data.Common;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>A text beside an entry of a root.</summary>
public sealed record TextId(long Sequence, int Ordinal);

/// <param name="Texts">Texts that were erased; those that were asked for, and the same ones in other versions of the same rows.</param>
public readonly record struct Erased(Problem? Problem, int Texts);

/// <summary>
/// Erases names of people, contacts and free text of one root: beside the journal and in every version of the rows, where the fixed marker then stands.
/// The chain is not touched and still verifies.
/// </summary>
/// <remarks>
/// First the rows as they are now are replaced by a command like any other, so that no node goes on with the text; then the past is written over.
/// What was interrupted is finished by asking again. A party that has moved left its past at the root before: that is erased there. The content of
/// the claims of the same acts is erased too, since the text could be guessed from its hash: their numbers stay used.
/// </remarks>
public sealed class Erasure(Desk desk, Store store)
{
    /// <summary>Rows that are overwritten in one round trip.</summary>
    const int MostAtOnce = 1000;

    /// <summary>Refuses with <c>not-found</c> for a root without a journal; numbers of texts that are not there or are erased already count for nothing.</summary>
    /// <param name="why">Kept as the reason of the act, beside the chain as any other; null where none was said.</param>
    public async Task<Erased> EraseAsync(string root, IReadOnlyList<TextId> ids, Actor actor, CancellationToken cancel, string? why = null)
    {
        IReadOnlyList<RowText> rows;
        HashSet<(string Root, long Sequence, int Ordinal)> said;
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            if (await reader.RootAsync(root, cancel) is null) return new Erased(KernelProblems.NotFound.With($"{root} has no journal of its own.", "root"), 0);
            var plan = new ErasurePlan(store.Composition, reader, root);
            rows = await plan.RowsAsync(ids, cancel);
            await plan.AddAsync(ids, rows, cancel);
            said = plan.Texts;
        }

        if (await SayAsync(root, said, rows, actor, why, cancel) is { } problem) return new Erased(problem, 0);
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            var plan = new ErasurePlan(store.Composition, reader, root);
            await plan.AddAsync(ids, rows, cancel);
            // Versions that were written between the two are said too before they are gone.
            if (!plan.Texts.IsSubsetOf(said) && await SayAsync(root, plan.Texts.Except(said), [], actor, why, cancel) is { } late) return new Erased(late, 0);
            await OverwriteAsync(root, plan, cancel);
            return new Erased(null, plan.Texts.Count);
        }
    }

    async Task<Problem?> SayAsync(
        string root, IEnumerable<(string Root, long Sequence, int Ordinal)> texts, IReadOnlyList<RowText> rows, Actor actor, string? why, CancellationToken cancel)
    {
        var sorted = texts.Select(text => new TextAt(text.Root, text.Sequence, text.Ordinal))
            .OrderBy(text => text.Root, StringComparer.Ordinal).ThenBy(text => text.Sequence).ThenBy(text => text.Ordinal).ToList();
        return (await desk.SubmitAsync(new EraseTexts(root, sorted, rows, why), actor, cancel: cancel)).Problem;
    }

    async Task OverwriteAsync(string root, ErasurePlan plan, CancellationToken cancel)
    {
        await using var connection = await store.Whole.ConnectAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // A version whose text is overwritten moves to another place of its table, where a batch that ends it just now would not find it.
        await store.Whole.HoldAsync(transaction, root, cancel);
        foreach (var statements in Overwrites(transaction, root, plan).Chunk(MostAtOnce)) await RunAsync(transaction, statements, cancel);
        await transaction.CommitAsync(cancel);
    }

    static IEnumerable<DbCommand> Overwrites(DbTransaction transaction, string root, ErasurePlan plan)
    {
        foreach (var (at, sequence, ordinal) in plan.Texts)
            yield return Statement(
                transaction, "UPDATE entry_text SET salt = NULL, text = NULL WHERE lane = @lane AND root = @root AND sequence = @sequence AND ordinal = @ordinal",
                ("lane", Lane.Of(at)), ("root", at), ("sequence", sequence), ("ordinal", ordinal));
        foreach (var (table, key, from, column, value) in plan.Versions)
            yield return Statement(
                transaction,
                $"UPDATE {table.Name} SET \"{table.Columns[column].Name}\" = @value WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key AND from_sequence = @from",
                ("value", value), ("lane", Lane.Of(root)), ("root", root), ("key", key), ("from", from));
        foreach (var (scope, number) in plan.Claims)
            yield return Statement(
                transaction, "UPDATE claim SET content_hash = @nothing WHERE lane = @lane AND scope = @scope AND number = @number",
                ("nothing", Array.Empty<byte>()), ("lane", Lane.Of(number)), ("scope", scope), ("number", number));
    }

    static DbCommand Statement(DbTransaction transaction, string sql, params (string Name, object? Value)[] values)
    {
        var command = transaction.Connection!.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values) StoreReader.Add(command, name, value);
        return command;
    }

    /// <summary>In one round trip, where the database has them: the Desk waits for the root meanwhile. Each statement names one lane and the row that it means.</summary>
    /// <param name="statements">They are used up.</param>
    static async Task RunAsync(DbTransaction transaction, DbCommand[] statements, CancellationToken cancel)
    {
        if (!transaction.Connection!.CanCreateBatch)
        {
            foreach (var statement in statements)
                await using (statement) await statement.ExecuteNonQueryAsync(cancel);
            return;
        }

        await using var batch = OneRoundTrip.Of(transaction.Connection, transaction, statements);
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
