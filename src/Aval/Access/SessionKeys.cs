using System.Xml.Linq;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Aval.Access;

/// <summary>The keys that seal the tokens of forms, kept in the store: a form outlives a restart, and every node takes it.</summary>
/// <remarks>
/// Two nodes that find at the same time that a new key is needed come to the same one: each names it after how many it has seen, the first to store it wins,
/// and the other finds it when it reads again, as data protection does after storing.
/// They are no business rows: no entry of the journal tells of them, and whoever can read the store could read the business itself.
/// </remarks>
sealed class SessionKeys(Store store) : IXmlRepository
{
    int seen;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = store.ConnectAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sealed FROM session_key ORDER BY name";
        using var reader = command.ExecuteReader();
        var all = new List<XElement>();
        while (reader.Read()) all.Add(XElement.Parse(reader.GetString(0)));
        Volatile.Write(ref seen, all.Count);
        return all;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = store.ConnectAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO session_key (name, sealed) VALUES (@name, @sealed) ON CONFLICT (name) DO NOTHING";
        StoreReader.Add(command, "name", $"after {Volatile.Read(ref seen)}");
        StoreReader.Add(command, "sealed", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
