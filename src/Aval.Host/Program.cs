using System.CommandLine;
using System.CommandLine.Help;
using Aval.Host;
using Aval.Kernel.Storage;

var root = new Command("aval", "Aval turns sales orders into cash: it checks them, releases or holds them, and says why.")
{
    new HelpOption(), new VersionOption(), Demo.Verb(), Serve.Verb(), ImportVerb.Verb(), StatementsVerb.Verb(), ReplayVerb.Verb(), SimulateVerb.Verb(),
    SimulatePolicyVerb.Verb(), WorkVerb.Verb(), ReportVerb.Verb(), Verify.Verb(), BackupVerb.Verb(), RestoreVerb.Verb(), KeysVerb.Verb(), PersonVerb.Verb(),
    DatabaseVerb.Verb(),
};
try
{
    // The server ends by itself when asked to, and finishes first what it has acknowledged.
    var ways = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return await root.Parse(args).InvokeAsync(ways);
}
catch (InvalidOperationException e) when (e.TargetSite?.DeclaringType?.Namespace?.StartsWith("System.CommandLine", StringComparison.Ordinal) == true)
{
    // A check of one value has asked for one that cannot be read.
    await Console.Error.WriteLineAsync("aval: " + e.Message);
    return 1;
}
catch (StoreRefusedException e)
{
    await Console.Error.WriteLineAsync("aval: " + e.Message);
    return 1;
}
