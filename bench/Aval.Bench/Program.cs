using System.Globalization;
using Aval.Bench;
using Aval.Bench.Comparison;

// Measures Aval piece by piece, and beside what one would build by hand (docs/performance.md): ./aval bench desk
switch (args)
{
    case ["desk", .. var given] when BenchOptions.Of(given) is { } options:
        await DeskBench.RunAsync(Console.Out, options);
        return 0;
    case ["http-load", .. { Length: 8 } asked]:
        HttpLoad.Of(asked).Run(Console.Out);
        return 0;
    case ["callers", .. var database]:
        await CallersBench.RunAsync(Console.Out, database.FirstOrDefault(), TimeSpan.FromSeconds(4));
        return 0;
    case ["batches", .. var database]:
        await BatchBench.RunAsync(Console.Out, database.FirstOrDefault(), TimeSpan.FromSeconds(4));
        return 0;
    case ["order"]:
        await OrderBench.RunAsync(Console.Out);
        return 0;
    case ["check"]:
        CheckBench.Run(Console.Out);
        return 0;
    case ["options"]:
        OptionBench.Run(Console.Out);
        return 0;
    case ["cash"]:
        CashBench.Run(Console.Out);
        return 0;
    case ["portfolio", var items, var payers, .. var database] when int.TryParse(items, out var open) && int.TryParse(payers, out var owing) && open >= owing && owing > 0:
        await PortfolioBench.RunAsync(Console.Out, open, owing, database.FirstOrDefault());
        return 0;
    case ["portfolio", var there]:
        await PortfolioBench.RunAsync(Console.Out, there);
        return 0;
    case ["facts", var folder, .. var most] when most.Length == 0 || (most.Length == 1 && int.TryParse(most[0], out _)):
        await FactsBench.RunAsync(Console.Out, folder, most.Length == 0 ? 20_000 : int.Parse(most[0], CultureInfo.InvariantCulture));
        return 0;
    case ["import", var rows, var payers, .. var database] when int.TryParse(rows, out var lines) && int.TryParse(payers, out var owing) && lines > 0 && owing > 0:
        await ImportBench.RunAsync(Console.Out, lines, owing, database.FirstOrDefault());
        return 0;
    case ["nodes", .. { Length: <= 1 } database]:
        await NodesBench.RunAsync(Console.Out, database.FirstOrDefault());
        return 0;
    case ["tail", .. { Length: <= 2 } given] when given.Length == 0 || int.TryParse(given[0], out _):
        await TailBench.RunAsync(Console.Out, given.Length == 0 ? 32 : int.Parse(given[0], CultureInfo.InvariantCulture), given.ElementAtOrDefault(1));
        return 0;
    case ["node", var place]:
        await NodesBench.ServeAsync(Console.In, Console.Out, place);
        return 0;
    case ["receipts", var history, .. var database]:
        await ReceiptsBench.RunAsync(Console.Out, history, database.FirstOrDefault());
        return 0;
    case ["latency", var server, var key, var customers, .. var rest] when rest.Length <= 2 && rest.All(number => int.TryParse(number, out var n) && n > 0):
        await LatencyBench.RunAsync(
            Console.Out, new Uri(server), key, customers, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 4,
            rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 15);
        return 0;
    case ["pages", var place, .. var rest] when rest.Length <= 2 && (rest.Length == 0 || (int.TryParse(rest[0], out var times) && times > 0)):
        await PagesBench.RunAsync(Console.Out, place, rest.Length == 0 ? 20 : int.Parse(rest[0], CultureInfo.InvariantCulture), rest.ElementAtOrDefault(1) ?? "C10003");
        return 0;
    default:
        Console.Error.WriteLine($"""
            usage: aval bench {BenchOptions.Usage}
                   aval bench callers|batches [CONNECTION WITHOUT DATABASE]
                   aval bench nodes [CONNECTION WITHOUT DATABASE]
                   aval bench tail [CLIENTS [CONNECTION WITHOUT DATABASE]]
                   aval bench order | check | options | cash
                   aval bench facts FOLDER [PAYERS]
                   aval bench receipts FOLDER [CONNECTION WITHOUT DATABASE]
                   aval bench import ROWS PAYERS [CONNECTION WITHOUT DATABASE]
                   aval bench portfolio ITEMS PAYERS [CONNECTION WITHOUT DATABASE]
                   aval bench portfolio CONNECTION
                   aval bench latency URL KEY CUSTOMERS.CSV [CALLERS [SECONDS]]
                   aval bench pages URL|FOLDER|CONNECTION [REQUESTS [CUSTOMER]]
            """);
        return 2;
}
