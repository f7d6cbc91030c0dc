using System.Data.Common;
using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>What only a proof reads: versions, texts, claims and the directory, with what should not be there.</summary>
sealed class ProofReader(Composition composition, StoreReader reader)
{
    /// <summary>Stretches of some thousand entries that together cover every lane from end to end; one longer root stands in one with others.</summary>
    public async Task<IReadOnlyList<Stretch>> StretchesAsync(int entriesAtOnce, CancellationToken cancel)
    {
        var starts = new List<string>[Lane.Count];
        for (var lane = 0; lane < starts.Length; lane++) starts[lane] = [];
        await using var command = reader.Command("SELECT lane, root, sequence FROM root WHERE lane >= 0 AND lane < @lanes ORDER BY lane, root");
        StoreReader.Add(command, "lanes", Lane.Count);
        await using var results = await command.ExecuteReaderAsync(cancel);
        for (var (lane, entries) = (-1, 0L); await results.ReadAsync(cancel);)
        {
            if (lane != (int)results.GetInt64(0)) (lane, entries) = ((int)results.GetInt64(0), 0);
            if (entries > entriesAtOnce)
            {
                starts[lane].Add(results.GetString(1));
                entries = 0;
            }

            entries += results.GetInt64(2) + 1;
        }

        return [.. starts.SelectMany((froms, lane) => Enumerable.Range(0, froms.Count + 1).Select(n => new Stretch(
            (short)lane, n == 0 ? null : froms[n - 1], n == froms.Count ? null : froms[n])))];
    }

    /// <summary>Every root that any row in a stretch names, whether it has a row of its own or not.</summary>
    public async Task<IReadOnlyList<string>> NamedAsync(Stretch stretch, CancellationToken cancel)
    {
        var where = $"lane = @lane{(stretch.From is null ? "" : " AND root >= @from")}{(stretch.Before is null ? "" : " AND root < @before")}";
        var tables = composition.TablesInOrder.Select(table => table.Name).Concat(["root", "journal", "entry_text"]);
        await using var command = reader.Command(string.Join(" UNION ", tables.Select(table => $"SELECT root FROM {table} WHERE {where}")) + " ORDER BY 1");
        StoreReader.Add(command, "lane", stretch.Lane);
        if (stretch.From is { } from) StoreReader.Add(command, "from", from);
        if (stretch.Before is { } before) StoreReader.Add(command, "before", before);
        await using var results = await command.ExecuteReaderAsync(cancel);
        var roots = new List<string>();
        while (await results.ReadAsync(cancel)) roots.Add(results.GetString(0));
        return roots;
    }

    /// <summary>Roots that rows name in lanes that do not exist; and those that only the directory names, without a lane.</summary>
    public async Task<IReadOnlyList<(string Root, long? Lane)>> OutsideAsync(CancellationToken cancel)
    {
        var beyond = composition.TablesInOrder.Select(table => table.Name).Concat(["root", "journal", "entry_text"]).SelectMany(table =>
            new[] { "lane < 0", $"lane >= {Lane.Count}" }.Select(where => $"SELECT root, CAST(lane AS BIGINT) FROM {table} WHERE {where}"));
        await using var command = reader.Command(
            $"{string.Join(" UNION ", beyond)} UNION SELECT root, NULL FROM (SELECT root FROM member EXCEPT SELECT root FROM root) AS unknown ORDER BY 1, 2");
        await using var results = await command.ExecuteReaderAsync(cancel);
        var roots = new List<(string, long?)>();
        while (await results.ReadAsync(cancel)) roots.Add((results.GetString(0), results.IsDBNull(1) ? null : results.GetInt64(1)));
        return roots;
    }

    /// <summary>Versions of a root's rows that begin after one number, up to and with another.</summary>
    public async Task<IReadOnlyList<StoredVersion>> VersionsAsync(Table table, string root, long after, long upTo, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {table.ColumnList}, from_sequence, to_sequence, live FROM {table.Name} "
            + "WHERE lane = @lane AND root = @root AND from_sequence > @after AND from_sequence <= @upTo");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "after", after);
        StoreReader.Add(command, "upTo", upTo);
        var (count, versions) = (table.Columns.Count, new List<StoredVersion>());
        await using var results = await command.ExecuteReaderAsync(cancel);
        while (await results.ReadAsync(cancel))
        {
            var values = new object?[count];
            for (var i = 0; i < count; i++) values[i] = results.IsDBNull(i) ? null : reader.ReadValue(results, i, table.Columns[i].Kind);
            versions.Add(new StoredVersion(
                table, values, results.GetInt64(count), results.IsDBNull(count + 1) ? null : results.GetInt64(count + 1),
                (bool)reader.ReadValue(results, count + 2, ColumnKind.Flag)));
        }

        return versions;
    }

    /// <summary>The entries of some commands at a root, in order, read one after the other.</summary>
    public async IAsyncEnumerable<Entry> EntriesOfAsync(string root, IReadOnlyList<string> verbs, [EnumeratorCancellation] CancellationToken cancel)
    {
        var numbers = new List<long>();
        await using (var command = reader.Command(
            $"SELECT sequence FROM journal WHERE lane = @lane AND root = @root AND command {reader.Among("@commands")} ORDER BY sequence"))
        {
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
            StoreReader.Add(command, "commands", reader.ListParameter(verbs));
            await using var results = await command.ExecuteReaderAsync(cancel);
            while (await results.ReadAsync(cancel)) numbers.Add(results.GetInt64(0));
        }

        foreach (var number in numbers)
            if (await reader.EntryAsync(root, number, cancel) is { } entry) yield return entry;
    }

    /// <summary>The last entry of this command at a root; null when there is none.</summary>
    public async Task<Entry?> LastOfAsync(string root, string verb, CancellationToken cancel)
    {
        await using var command = reader.Command(
            "SELECT sequence FROM journal WHERE lane = @lane AND root = @root AND command = @command ORDER BY sequence DESC LIMIT 1");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "command", verb);
        return await command.ExecuteScalarAsync(cancel) is long sequence ? await reader.EntryAsync(root, sequence, cancel) : null;
    }

    /// <summary>The heads of the roots but the company's whose last entry is of this business date or a later one, by lane and root.</summary>
    /// <param name="after">Begins with the first root after this one; null with the first.</param>
    public async Task<IReadOnlyList<Head>> HeadsAsync(DateOnly since, string? after, int most, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT root, sequence, head_hash FROM root WHERE root <> @company AND business_date >= @since AND (lane, root) > (@lane, @after)
            ORDER BY lane, root LIMIT {most}
            """);
        StoreReader.Add(command, "company", Facts.Company);
        StoreReader.Add(command, "since", reader.DateParameter(since));
        StoreReader.Add(command, "lane", after is null ? short.MinValue : Lane.Of(after));
        StoreReader.Add(command, "after", after ?? "");
        await using var results = await command.ExecuteReaderAsync(cancel);
        var heads = new List<Head>();
        while (await results.ReadAsync(cancel)) heads.Add(new Head(results.GetString(0), results.GetInt64(1), (byte[])results.GetValue(2)));
        return heads;
    }

    /// <summary>How many roots but the company's have a last entry of this business date or a later one.</summary>
    public async Task<long> CountHeadsAsync(DateOnly since, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT count(*) FROM root WHERE root <> @company AND business_date >= @since");
        StoreReader.Add(command, "company", Facts.Company);
        StoreReader.Add(command, "since", reader.DateParameter(since));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>How many texts stand beside the entries of a root after one number, up to and with another.</summary>
    public async Task<Dictionary<long, long>> TextCountsAsync(string root, long after, long upTo, CancellationToken cancel)
    {
        await using var command = reader.Command(
            "SELECT sequence, count(*) FROM entry_text WHERE lane = @lane AND root = @root AND sequence > @after AND sequence <= @upTo GROUP BY sequence");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "after", after);
        StoreReader.Add(command, "upTo", upTo);
        await using var results = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<long, long>();
        while (await results.ReadAsync(cancel)) counts[results.GetInt64(0)] = results.GetInt64(1);
        return counts;
    }

    /// <summary>The claims of these numbers; one that is not there is not in the answer.</summary>
    public async Task<IReadOnlyList<ClaimRow>> ClaimsAsync(IReadOnlyList<(string Scope, string Number)> numbers, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {string.Join(", ", StoreReader.ClaimColumns.Split(", ").Select(column => "c." + column))} FROM claim c JOIN {reader.ClaimsSource("w")} "
            + "ON c.lane = w.lane AND c.scope = w.scope AND c.number = w.number");
        reader.AddClaims(command, numbers);
        return await ReadClaimsAsync(command, cancel);
    }

    /// <summary>The claims that name a root, by a walk through all of them.</summary>
    public async Task<IReadOnlyList<ClaimRow>> ClaimsOfAsync(string root, CancellationToken cancel)
    {
        await using var command = reader.Command($"SELECT {StoreReader.ClaimColumns} FROM claim WHERE root = @root ORDER BY sequence, scope, number");
        StoreReader.Add(command, "root", root);
        return await ReadClaimsAsync(command, cancel);
    }

    /// <summary>Where every claim leads, in no order, streamed.</summary>
    public async IAsyncEnumerable<(string Root, long Sequence)> ClaimedAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT root, sequence FROM claim");
        await using var results = await command.ExecuteReaderAsync(cancel);
        while (await results.ReadAsync(cancel)) yield return (results.GetString(0), results.GetInt64(1));
    }

    /// <summary>The directory's rows of a root, wherever they stand.</summary>
    public async Task<IReadOnlyList<MemberRow>> MembersAsync(string root, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT lane, party, above FROM member WHERE root = @root");
        StoreReader.Add(command, "root", root);
        await using var results = await command.ExecuteReaderAsync(cancel);
        var members = new List<MemberRow>();
        while (await results.ReadAsync(cancel)) members.Add(new MemberRow(results.GetInt64(0), results.GetString(1), results.IsDBNull(2) ? null : results.GetString(2)));
        return members;
    }

    /// <summary>The directory's rows of many roots, wherever they stand.</summary>
    public async Task<IReadOnlyList<(string Root, MemberRow Row)>> MembersAsync(IReadOnlyList<string> roots, CancellationToken cancel)
    {
        await using var command = reader.Command($"SELECT lane, party, above, root FROM member WHERE root {reader.Among("@roots")}");
        StoreReader.Add(command, "roots", reader.ListParameter(roots));
        await using var results = await command.ExecuteReaderAsync(cancel);
        var members = new List<(string, MemberRow)>();
        while (await results.ReadAsync(cancel))
            members.Add((results.GetString(3), new MemberRow(results.GetInt64(0), results.GetString(1), results.IsDBNull(2) ? null : results.GetString(2))));
        return members;
    }

    static async Task<IReadOnlyList<ClaimRow>> ReadClaimsAsync(DbCommand command, CancellationToken cancel)
    {
        await using var results = await command.ExecuteReaderAsync(cancel);
        var claims = new List<ClaimRow>();
        while (await results.ReadAsync(cancel)) claims.Add(StoreReader.ReadClaim(results));
        return claims;
    }
}

/// <summary>One version of a row as a table holds it.</summary>
/// <param name="To">The entry that replaced or took it; null when it is current.</param>
/// <param name="Values">In the order of the table's columns.</param>
sealed record StoredVersion(Table Table, object?[] Values, long From, long? To, bool Live)
{
    object? row;

    /// <summary>Made when somebody needs it: most versions are only compared.</summary>
    public object Row => row ??= Table.Read(new Values(Values));

    public string Key => (string)Values[0]!;
}

/// <summary>One party of a root, as the directory has it.</summary>
sealed record MemberRow(long Lane, string Party, string? Above);
